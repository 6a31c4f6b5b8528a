package dev.paddock.prompt.path;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ModelSigns;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The chat formats that are installed right now, best first. Safe for many threads. */
final class ChatFormats {
    private record Ranked(ChatFormat format, int ranking, long id) {}

    private final List<Ranked> formats = new CopyOnWriteArrayList<>();

    /** Adds a format; of equal rankings the older service, with the lower id, comes first. */
    synchronized void add(ChatFormat format, int ranking, long id) {
        formats.add(new Ranked(format, ranking, id));
        formats.sort(Comparator.comparingInt(Ranked::ranking).reversed().thenComparingLong(Ranked::id));
    }

    /** Forgets a format; answers that use it go on. */
    synchronized void remove(ChatFormat format) {
        formats.removeIf(ranked -> ranked.format() == format);
    }

    /** The best format for a model. */
    ChatFormat pick(ModelSigns signs) {
        return formats.stream()
                .map(Ranked::format)
                .filter(format -> format.accepts(signs))
                .findFirst()
                .orElseThrow(() -> new PaddockException(
                        Fault.UNAVAILABLE, "no chat format for this model's template is installed; try again later"));
    }
}
