package dev.paddock.backend.cpu;

import dev.paddock.api.engine.Backend;
import dev.paddock.api.engine.BackendKey;
import dev.paddock.api.engine.NativeFile;
import dev.paddock.api.engine.NativeIndex;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Plain CPUs. The runner asks each library how well it suits the machine and loads the best one. */
@Component
public final class CpuBackend implements Backend {
    private static final int LAST = 100;

    private final List<NativeFile> files = NativeIndex.of(CpuBackend.class);
    private final BackendKey key;

    @Activate
    public CpuBackend(BundleContext context) {
        this(context.getBundle().getVersion().toString());
    }

    /** Outside of a framework. */
    public CpuBackend(String version) {
        key = new BackendKey(BackendKey.CPU, version);
    }

    @Override
    public BackendKey key() {
        return key;
    }

    @Override
    public int order() {
        return LAST;
    }

    @Override
    public List<NativeFile> files() {
        return files;
    }
}
