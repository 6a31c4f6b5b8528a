package dev.paddock.itest.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.itest.Layout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/** The chat format that docs/write-a-chat-format.md shows, as a bundle that only sees the api; it takes every model. */
final class FormatBundle {
    private static final Pattern JAVA = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    private static final String CLASS = "example.brackets.BracketsFormat";
    private static final String COMPONENT = """
            <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="brackets">
              <property name="service.ranking" type="Integer" value="50"/>
              <service><provide interface="dev.paddock.api.prompt.ChatFormat"/></service>
              <implementation class="%s"/>
            </scr:component>
            """;

    private FormatBundle() {}

    /** Compiles and packs it; gives the jar. */
    static Path make(Path directory) throws IOException {
        Path source = directory.resolve("BracketsFormat.java");
        Path classes = Files.createDirectories(directory.resolve("classes"));
        Files.writeString(source, source());
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-d",
                        classes.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        source.toString());
        assertThat(failed).as("javac").isZero();
        return pack(classes, directory.resolve("brackets.jar"));
    }

    private static String source() throws IOException {
        var block = JAVA.matcher(Files.readString(Layout.root().resolve("docs/write-a-chat-format.md")));
        assertThat(block.find()).isTrue();
        // What builds bundles reads the annotation; here its file is written by hand.
        String source = block.group(1).replaceAll("(?m)^(@Component.*|import org.osgi.*)$", "");
        return source.replaceFirst("return signs.template.*;", "return true;");
    }

    private static Path pack(Path classes, Path jar) throws IOException {
        var manifest = new Manifest();
        var main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", "example.brackets");
        main.putValue("Import-Package", "dev.paddock.api.model,dev.paddock.api.prompt");
        main.putValue("Service-Component", "OSGI-INF/brackets.xml");
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            entry(out, "OSGI-INF/brackets.xml", COMPONENT.formatted(CLASS).getBytes(StandardCharsets.UTF_8));
            for (Path file : files(classes)) entry(out, classes.relativize(file).toString(), Files.readAllBytes(file));
        }
        return jar;
    }

    private static List<Path> files(Path classes) throws IOException {
        try (var files = Files.walk(classes)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static void entry(JarOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new JarEntry(name.replace('\\', '/')));
        out.write(content);
    }
}
