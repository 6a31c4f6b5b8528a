package dev.paddock.launcher;

import java.io.DataOutputStream;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first look at the directory of bundles, before the framework starts. File Install watches the same directory
 * later and, as locations are equal and the files known to it, adopts what is installed here.
 */
final class HotBundles {
    private static final Logger LOG = LoggerFactory.getLogger(HotBundles.class);

    private HotBundles() {}

    /** The jars there now, sorted; names with a leading dot are still being written. */
    static List<Path> jars(Path directory) throws IOException {
        try (var files = Files.newDirectoryStream(directory, "[!.]*.jar")) {
            var jars = new ArrayList<Path>();
            files.forEach(jars::add);
            jars.sort(null);
            return jars;
        }
    }

    /** Installs each and marks it to start; a jar that is not a bundle is complained of and left out. */
    static List<Bundle> install(BundleContext context, List<Path> jars) {
        var bundles = new ArrayList<Bundle>();
        for (Path jar : jars) {
            try {
                Bundle bundle = context.installBundle(jar.toUri().toString());
                bundle.adapt(BundleStartLevel.class).setStartLevel(StartLevels.ofHot(bundle.getSymbolicName()));
                if (bundle.getHeaders("").get("Fragment-Host") == null) bundle.start(Bundle.START_ACTIVATION_POLICY);
                bundles.add(bundle);
            } catch (BundleException e) {
                LOG.warn("{} is left out: {}", jar, e.getMessage());
            }
        }
        return bundles;
    }

    /**
     * Notes each bundle's file as File Install would have, where it keeps such notes. It takes a file without a note
     * for a changed one, and would restart all bundles as soon as it runs.
     */
    static void makeKnown(BundleContext context, Bundle fileInstall) throws ReflectiveOperationException, IOException {
        Method checksum = Class.forName("org.apache.felix.fileinstall.internal.Scanner")
                .getDeclaredMethod("checksum", File.class);
        checksum.setAccessible(true);
        for (Bundle bundle : context.getBundles()) {
            File note = fileInstall.getDataFile(bundle.getBundleId() + ".checksum");
            if (!bundle.getLocation().startsWith("file:") || note == null || note.exists()) continue;
            File jar = new File(URI.create(bundle.getLocation()));
            try (var out = new DataOutputStream(new FileOutputStream(note))) {
                out.writeLong((long) checksum.invoke(null, jar));
            }
        }
    }
}
