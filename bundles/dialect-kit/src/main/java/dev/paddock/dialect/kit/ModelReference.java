package dev.paddock.dialect.kit;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.ModelName;
import java.util.Locale;

/**
 * A model as a request names it: a name, perhaps with {@code :local} behind it.
 *
 * @param text the name without its source
 * @param name the same, parsed
 */
public record ModelReference(String text, ModelName name) {
    /**
     * Reads a reference that is not blank.
     *
     * @throws PaddockException with {@link Fault#INVALID_REQUEST} for an invalid name, {@link Fault#UNSUPPORTED} for a
     *     model in Ollama's cloud
     */
    public static ModelReference parse(String reference) {
        String text = reference.strip();
        String base = withoutSource(text, ":local");
        boolean local = !base.equals(text);
        if ((local && cloud(base))
                || (cloud(text) && withoutSource(text, ":cloud").endsWith(":local"))) {
            throw new PaddockException(
                    Fault.INVALID_REQUEST, "use either :local or :cloud, not both: \"" + text + "\"");
        }
        if (cloud(base)) {
            throw new PaddockException(
                    Fault.UNSUPPORTED, "\"" + text + "\" is a cloud model; this server runs only local ones");
        }
        return new ModelReference(base, ModelName.parse(base));
    }

    private static String withoutSource(String text, String source) {
        return text.toLowerCase(Locale.ROOT).endsWith(source)
                ? text.substring(0, text.length() - source.length())
                : text;
    }

    private static boolean cloud(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.endsWith(":cloud") || (lower.indexOf(':') >= 0 && lower.endsWith("-cloud"));
    }
}
