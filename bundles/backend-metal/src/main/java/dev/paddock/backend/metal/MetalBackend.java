package dev.paddock.backend.metal;

import dev.paddock.api.engine.Backend;
import dev.paddock.api.engine.BackendKey;
import dev.paddock.api.engine.PackedBackend;
import dev.paddock.api.engine.Refusal.Reason;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Apple's GPUs. */
@Component(service = Backend.class)
public final class MetalBackend extends PackedBackend {
    private static final List<Symptom> SYMPTOMS = List.of(
            new Symptom("built for newer macOS", Reason.DRIVER_TOO_OLD, "Update macOS to 14 or newer."),
            new Symptom(
                    "incompatible architecture",
                    Reason.WRONG_PLATFORM,
                    "Use a Java for Apple silicon: this one is for Intel."),
            new Symptom(
                    "failed to create command queue",
                    Reason.NO_DEVICE,
                    "macOS gives this process no GPU: virtual machines often have none."));

    @Activate
    public MetalBackend(BundleContext context) {
        this(context.getBundle().getVersion().toString());
    }

    /** Outside of a framework. */
    public MetalBackend(String version) {
        super(new BackendKey("metal", version), GPU, SYMPTOMS);
    }
}
