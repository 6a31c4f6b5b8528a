package dev.paddock.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether the libraries that come with a driver lie where loaders look. */
final class GpuFiles {
    private static final List<Path> LINUX = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu"),
            Path.of("/usr/lib/aarch64-linux-gnu"),
            Path.of("/usr/lib64"),
            Path.of("/usr/lib"),
            Path.of("/usr/local/cuda/lib64"),
            Path.of("/usr/lib/wsl/lib"));
    private static final List<Path> DRIVERS = List.of(Path.of("/usr/share/vulkan/icd.d"), Path.of("/etc/vulkan/icd.d"));

    private GpuFiles() {}

    static void run(Steps steps) {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (os.startsWith("mac")) steps.pass("driver files", "Metal is part of macOS");
        else if (os.startsWith("linux")) linux(steps);
        else steps.skip("driver files", "on this system the probe of each backend tells");
    }

    private static void linux(Steps steps) {
        found("Vulkan loader", "libvulkan.so.1", steps);
        var drivers = DRIVERS.stream().filter(GpuFiles::holdsFiles).findFirst();
        if (drivers.isPresent()) steps.pass("Vulkan driver", "described in " + drivers.get());
        else steps.skip("Vulkan driver", "none is described in " + DRIVERS);
        found("NVIDIA driver", "libcuda.so.1", steps);
        found("CUDA 13 runtime", "libcudart.so.13", steps);
        found("CUDA 13 BLAS", "libcublas.so.13", steps);
    }

    /** One of the ways to a GPU is enough, so what is not there is no failure by itself: the backends' probes judge. */
    private static void found(String what, String file, Steps steps) {
        Optional<Path> place =
                LINUX.stream().filter(dir -> Files.exists(dir.resolve(file))).findFirst();
        if (place.isPresent()) steps.pass(what, place.get().resolve(file).toString());
        else steps.skip(what, "no " + file + " in the usual directories");
    }

    private static boolean holdsFiles(Path directory) {
        try (var files = Files.list(directory)) {
            return files.findAny().isPresent();
        } catch (IOException e) {
            return false;
        }
    }
}
