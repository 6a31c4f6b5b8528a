package dev.paddock.transfer;

import dev.paddock.api.model.Progress;
import dev.paddock.api.transfer.RemoteModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Scanner;
import java.util.stream.Stream;

/**
 * Pulls in a process of its own, which can be killed. Prints each progress of blobs, and {@code done} with the time; pulls
 * again, after removing what it has, for each line that it reads.
 */
final class PullProgram {
    private PullProgram() {}

    /** @param arguments the directory, the model, the rate, and how many parts at once */
    public static void main(String[] arguments) {
        var configured = Configured.forTests().with("rate", arguments[2]).with("parts", Integer.parseInt(arguments[3]));
        try (var house = new TestHouse(Path.of(arguments[0]), configured);
                var again = new Scanner(System.in, StandardCharsets.UTF_8)) {
            pull(house, arguments[1]);
            while (again.hasNextLine()) {
                again.nextLine();
                house.delete(arguments[1]);
                pull(house, arguments[1]);
            }
        }
    }

    private static void pull(TestHouse house, String model) {
        long start = System.nanoTime();
        house.transfer.pull(RemoteModel.parse(model), true, PullProgram::tell);
        System.out.println("done " + (System.nanoTime() - start) / 1_000_000);
    }

    private static void tell(Progress progress) {
        if (progress.total() > 1 << 20) System.out.println(progress.completed());
    }

    /** Starts it. Its output is what it prints, errors included. */
    static Process start(List<String> options, String... arguments) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        var command = Stream.of(
                        Stream.of(java.toString(), "-cp", System.getProperty("java.class.path")),
                        options.stream(),
                        Stream.of(PullProgram.class.getName()),
                        Stream.of(arguments))
                .flatMap(part -> part)
                .toList();
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
