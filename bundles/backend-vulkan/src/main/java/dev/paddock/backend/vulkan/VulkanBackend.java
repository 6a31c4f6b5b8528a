package dev.paddock.backend.vulkan;

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
 * GPUs of any maker, by the Vulkan driver of the machine. A changed setting makes a new component, and so a new service:
 * the engine probes again.
 */
@Component(service = Backend.class, configurationPid = VulkanBackend.PID)
@Designate(ocd = VulkanBackend.Config.class)
public final class VulkanBackend extends PackedBackend {
    /** Where its setting is. */
    public static final String PID = "dev.paddock.backend.vulkan";

    private static final List<Symptom> SYMPTOMS = List.of(
            new Symptom(
                    "libvulkan.so.1",
                    Reason.DRIVER_MISSING,
                    "Install the Vulkan loader (Debian, Ubuntu: apt-get install libvulkan1; Fedora: dnf install"
                            + " vulkan-loader) and the Vulkan driver of the GPU."),
            new Symptom(
                    "vulkan-1.dll",
                    Reason.DRIVER_MISSING,
                    "Install the driver of the GPU from its maker: it brings Vulkan."),
            new Symptom(
                    "Invalid device index",
                    Reason.NO_DEVICE,
                    "Name a device that is there in the setting devices of " + PID + ", or leave it empty."),
            new Symptom(
                    "Vulkan 1.2 required",
                    Reason.DRIVER_TOO_OLD,
                    "Install a driver of the GPU that has Vulkan 1.2 or newer."),
            new Symptom(
                    "Shared memory size too small",
                    Reason.NO_DEVICE,
                    "This GPU cannot be used: its shared memory is too small."),
            new Symptom(
                    "No devices found",
                    Reason.NO_DEVICE,
                    "Install the Vulkan driver of the GPU (Debian, Ubuntu for AMD and Intel: apt-get install"
                            + " mesa-vulkan-drivers; NVIDIA's own driver brings it). Without a GPU Mesa's driver computes on"
                            + " the processor if devices is 0 in " + PID + "."),
            new Symptom(
                    "ggml_backend_init returned NULL",
                    Reason.DRIVER_MISSING,
                    "Install the Vulkan driver of the GPU (Debian, Ubuntu for AMD and Intel: apt-get install"
                            + " mesa-vulkan-drivers; NVIDIA's own driver brings it); if devices is set in " + PID
                            + ", see that it names a device that is there."));

    private final Map<String, String> environment;

    /** What of Vulkan is used. */
    @ObjectClassDefinition(name = "Paddock backend Vulkan", description = "GPUs of any maker, by their Vulkan driver.")
    public @interface Config {
        @AttributeDefinition(
                name = "Devices",
                description =
                        "Vulkan's numbers of the devices to use, such as 0 or 0,2; empty = all GPUs, and no drivers"
                                + " that compute on the processor. Counts at once: models move.")
        String devices() default "";
    }

    @Activate
    public VulkanBackend(BundleContext context, Config config) {
        this(context.getBundle().getVersion().toString(), config.devices());
    }

    /**
     * Outside of a framework.
     *
     * @param devices Vulkan's numbers of the devices to use, or empty
     */
    public VulkanBackend(String version, String devices) {
        super(new BackendKey("vulkan", version), GPU, SYMPTOMS);
        // An empty variable would mean none at all.
        environment = devices.isBlank() ? Map.of() : Map.of("GGML_VK_VISIBLE_DEVICES", devices.strip());
    }

    @Override
    public Map<String, String> environment() {
        return environment;
    }
}
