package dev.paddock.backend.cpu;

import dev.paddock.api.engine.Backend;
import dev.paddock.api.engine.BackendKey;
import dev.paddock.api.engine.PackedBackend;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Plain CPUs. The runner asks each library how well it suits the machine and loads the best one. */
@Component(service = Backend.class)
public final class CpuBackend extends PackedBackend {
    @Activate
    public CpuBackend(BundleContext context) {
        this(context.getBundle().getVersion().toString());
    }

    /** Outside of a framework. */
    public CpuBackend(String version) {
        super(new BackendKey(BackendKey.CPU, version), LAST, List.of());
    }
}
