package dev.paddock.backend.cuda;

import dev.paddock.api.engine.Backend;
import dev.paddock.api.engine.BackendKey;
import dev.paddock.api.engine.PackedBackend;
import dev.paddock.api.engine.Refusal.Reason;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * NVIDIA's GPUs. A changed setting makes a new component, and so a new service: the engine probes again.
 */
@Component(service = Backend.class, configurationPid = CudaBackend.PID)
@Designate(ocd = CudaBackend.Config.class)
public final class CudaBackend extends PackedBackend {
    /** Where its setting is. */
    public static final String PID = "dev.paddock.backend.cuda";

    private static final String DRIVER = "Install NVIDIA's driver, 580 or newer (Debian: nvidia-driver; Ubuntu:"
            + " ubuntu-drivers install), and start the machine anew.";
    private static final String RUNTIME = "Install the libraries of CUDA 13 from NVIDIA's repository (Debian, Ubuntu:"
            + " apt-get install cuda-cudart-13-0 libcublas-13-0, then ldconfig), or use backend-vulkan, which needs none.";

    private static final List<Symptom> SYMPTOMS = List.of(
            // What is too old is named together with the file that it is in.
            new Symptom("undefined symbol: cublas", Reason.DRIVER_TOO_OLD, RUNTIME),
            new Symptom("undefined symbol: cuda", Reason.DRIVER_TOO_OLD, RUNTIME),
            new Symptom("undefined symbol: cu", Reason.DRIVER_TOO_OLD, DRIVER),
            new Symptom("driver version is insufficient", Reason.DRIVER_TOO_OLD, DRIVER),
            new Symptom("libcuda.so.1", Reason.DRIVER_MISSING, DRIVER),
            new Symptom("nvcuda.dll", Reason.DRIVER_MISSING, DRIVER),
            new Symptom("libcudart.so.13", Reason.DRIVER_MISSING, RUNTIME),
            new Symptom("libcublas.so.13", Reason.DRIVER_MISSING, RUNTIME),
            new Symptom("libcublasLt.so.13", Reason.DRIVER_MISSING, RUNTIME),
            new Symptom(
                    "no CUDA-capable device",
                    Reason.NO_DEVICE,
                    "The driver sees no GPU: look at nvidia-smi; in a container give it the GPU (--gpus all); see that"
                            + " devices of " + PID + " is empty or names one that is there."),
            new Symptom(
                    "failed to initialize CUDA",
                    Reason.NO_DEVICE,
                    "Look at nvidia-smi: the driver does not work as it is."));

    private final Map<String, String> environment;

    /** What of CUDA is used. */
    @ObjectClassDefinition(name = "Paddock backend CUDA", description = "NVIDIA's GPUs.")
    public @interface Config {
        @AttributeDefinition(
                name = "Devices",
                description =
                        "CUDA's numbers or UUIDs of the GPUs to use, such as 0 or 0,2; empty = all. Counts at once:"
                                + " models move.")
        String devices() default "";
    }

    @Activate
    public CudaBackend(BundleContext context, Config config) {
        this(context.getBundle().getVersion().toString(), config.devices());
    }

    /**
     * Outside of a framework.
     *
     * @param devices CUDA's numbers or UUIDs of the GPUs to use, or empty
     */
    public CudaBackend(String version, String devices) {
        super(new BackendKey("cuda", version), GPU, SYMPTOMS);
        // An empty variable would mean none at all.
        environment = devices.isBlank() ? Map.of() : Map.of("CUDA_VISIBLE_DEVICES", devices.strip());
    }

    @Override
    public Map<String, String> environment() {
        return environment;
    }
}
