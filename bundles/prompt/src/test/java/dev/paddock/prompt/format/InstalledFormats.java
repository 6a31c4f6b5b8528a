package dev.paddock.prompt.format;

import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ModelSigns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The chat formats of this bundle, best first, as its component descriptions say: a format that is added is in it. */
public final class InstalledFormats {
    private static final Pattern RANKING = Pattern.compile("name=\"service.ranking\"[^>]*value=\"(-?\\d+)\"");
    private static final Pattern CLASS = Pattern.compile("<implementation class=\"([^\"]+)\"");
    private static final List<Installed> ALL = read();

    private InstalledFormats() {}

    /**
     * One of them.
     *
     * @param ranking of its service
     */
    record Installed(ChatFormat format, int ranking) {}

    static List<Installed> all() {
        return ALL;
    }

    /** All that accept a model and rank highest among those that do: more than one is a mistake. */
    static List<ChatFormat> accepting(ModelSigns signs) {
        var accepting =
                ALL.stream().filter(each -> each.format().accepts(signs)).toList();
        return accepting.stream()
                .filter(each -> each.ranking() == accepting.getFirst().ranking())
                .map(Installed::format)
                .toList();
    }

    /** The one of a name. */
    public static Optional<ChatFormat> named(String name) {
        return ALL.stream()
                .map(Installed::format)
                .filter(format -> format.name().equals(name))
                .findFirst();
    }

    private static List<Installed> read() {
        try (var files = Files.list(classes().resolve("OSGI-INF"))) {
            return files.map(InstalledFormats::text)
                    .filter(text -> text.contains("<provide interface=\"" + ChatFormat.class.getName() + "\""))
                    .map(InstalledFormats::installed)
                    .sorted(Comparator.comparingInt(Installed::ranking)
                            .reversed()
                            .thenComparing(each -> each.format().name()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path classes() {
        try {
            return Path.of(PlainFormat.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Installed installed(String description) {
        var ranking = RANKING.matcher(description);
        var implementation = CLASS.matcher(description);
        if (!implementation.find()) throw new AssertionError(description);
        try {
            var format = (ChatFormat)
                    Class.forName(implementation.group(1)).getConstructor().newInstance();
            return new Installed(format, ranking.find() ? Integer.parseInt(ranking.group(1)) : 0);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
