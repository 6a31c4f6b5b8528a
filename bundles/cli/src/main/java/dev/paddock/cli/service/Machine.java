package dev.paddock.cli.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The machine a service is installed on.
 *
 * @param os as Java names it
 * @param root where its files begin, which is {@code /} but in tests
 * @param userHome the directory of who asks
 * @param userId the number of who asks; 0 is the administrator
 * @param java the Java that runs this command
 * @param variables the environment of who asks
 * @param programs runs its programs
 */
record Machine(
        String os, Path root, Path userHome, int userId, Path java, Map<String, String> variables, Programs programs) {
    private static final int NO_NUMBER = -1;

    static Machine here() {
        Path home = Path.of(System.getProperty("user.home"));
        return new Machine(
                System.getProperty("os.name"),
                Path.of("/"),
                home,
                ownNumber(),
                Path.of(System.getProperty("java.home")),
                System.getenv(),
                Programs.ofThisMachine());
    }

    boolean isWindows() {
        return os.toLowerCase(Locale.ROOT).startsWith("windows");
    }

    boolean isMac() {
        return os.toLowerCase(Locale.ROOT).startsWith("mac");
    }

    Path at(String path) {
        return root.resolve(path.substring(1));
    }

    /** The path as it is called on the machine, also where a test put its root elsewhere. */
    String named(Path path) {
        return path.startsWith(root) ? "/" + root.relativize(path) : path.toString();
    }

    /** Which of these groups there are. */
    List<String> groups(String... names) {
        List<String> known = first(at("/etc/group"));
        return Stream.of(names).filter(known::contains).toList();
    }

    boolean hasUser(String name) {
        return first(at("/etc/passwd")).contains(name);
    }

    private static List<String> first(Path table) {
        try (var lines = Files.lines(table, StandardCharsets.ISO_8859_1)) {
            return lines.map(line -> line.split(":", 2)[0]).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static int ownNumber() {
        try {
            return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException noProc) {
            String said = Programs.ofThisMachine().run(List.of("id", "-u")).output();
            return said.matches("\\d{1,9}") ? Integer.parseInt(said) : NO_NUMBER;
        }
    }
}
