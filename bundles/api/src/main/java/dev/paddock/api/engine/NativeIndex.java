package dev.paddock.api.engine;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The shared libraries that a bundle carries. They lie in {@code native/<platform>/} below the package of one of its
 * classes, and {@code INDEX} beside them lists them, one line {@code sha256  name} each, as sha256sum writes it.
 */
public final class NativeIndex {
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) [ *]([A-Za-z0-9_][A-Za-z0-9_.+-]*)");

    private NativeIndex() {}

    /**
     * This machine: {@code linux-x64}, {@code linux-arm64}, {@code mac-arm64}, {@code win-x64} or another such word.
     */
    public static String platform() {
        return platform(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    static String platform(String osName, String osArch) {
        String name = osName.toLowerCase(Locale.ROOT);
        String os = name.startsWith("windows") ? "win" : name.startsWith("mac") ? "mac" : name.replace(' ', '-');
        return os + "-"
                + switch (osArch) {
                    case "amd64", "x86_64" -> "x64";
                    case "aarch64" -> "arm64";
                    default -> osArch;
                };
    }

    /**
     * What a bundle carries for this machine; empty when it carries nothing for it.
     *
     * @param member a class of the bundle, below whose package the files lie
     * @throws PaddockException with {@link Fault#UNAVAILABLE} when the index cannot be read or names a file that is not
     *     there
     */
    public static List<NativeFile> of(Class<?> member) {
        return of(member, platform());
    }

    static List<NativeFile> of(Class<?> member, String platform) {
        String directory = "native/" + platform + "/";
        try (var index = member.getResourceAsStream(directory + "INDEX")) {
            if (index == null) return List.of();
            return new String(index.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> file(member, directory, line))
                    .toList();
        } catch (IOException e) {
            throw broken(member, directory, "cannot be read: " + e.getMessage());
        }
    }

    private static NativeFile file(Class<?> member, String directory, String line) {
        var parts = LINE.matcher(line);
        if (!parts.matches()) throw broken(member, directory, "holds a malformed line: " + line);
        var content = member.getResource(directory + parts.group(2));
        if (content == null) throw broken(member, directory, "names " + parts.group(2) + ", which is not there");
        return new NativeFile(parts.group(2), parts.group(1), content);
    }

    private static PaddockException broken(Class<?> member, String directory, String what) {
        return new PaddockException(
                Fault.UNAVAILABLE,
                directory + "INDEX in the bundle of " + member.getName() + " " + what + "; install the bundle again");
    }
}
