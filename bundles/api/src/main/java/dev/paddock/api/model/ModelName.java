package dev.paddock.api.model;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.util.regex.Pattern;

/**
 * A model's name: {@code [host/][namespace/]model[:tag]}, as Ollama writes it. Names compare without regard to case;
 * the spelling is kept.
 *
 * @param host registry, by default {@value #DEFAULT_HOST}
 * @param namespace owner, by default {@value #DEFAULT_NAMESPACE}
 * @param model the model itself
 * @param tag variant, by default {@value #DEFAULT_TAG}
 */
public record ModelName(String host, String namespace, String model, String tag) {
    public static final String DEFAULT_HOST = "registry.ollama.ai";
    public static final String DEFAULT_NAMESPACE = "library";
    public static final String DEFAULT_TAG = "latest";

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:-]{0,349}");
    private static final Pattern NAMESPACE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]{0,79}");
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,79}");

    public ModelName {
        if (!HOST.matcher(host).matches()
                || !NAMESPACE.matcher(namespace).matches()
                || !PART.matcher(model).matches()
                || !PART.matcher(tag).matches()) {
            throw new PaddockException(Fault.INVALID_REQUEST, "invalid model name");
        }
    }

    /**
     * Reads a name and fills in the defaults. A {@code scheme://} in front is dropped.
     *
     * @throws PaddockException with {@link Fault#INVALID_REQUEST} when a part is empty, too long or holds other
     *     characters than the grammar allows
     */
    public static ModelName parse(String text) {
        String rest = text.strip();
        int scheme = rest.indexOf("://");
        if (scheme >= 0) rest = rest.substring(scheme + 3);
        String tag = DEFAULT_TAG;
        int colon = rest.lastIndexOf(':');
        if (colon > rest.lastIndexOf('/')) {
            tag = rest.substring(colon + 1);
            rest = rest.substring(0, colon);
        }
        int slash = rest.lastIndexOf('/');
        String model = rest.substring(slash + 1);
        if (slash < 0) return new ModelName(DEFAULT_HOST, DEFAULT_NAMESPACE, model, tag);
        rest = rest.substring(0, slash);
        slash = rest.lastIndexOf('/');
        String host = slash < 0 ? DEFAULT_HOST : rest.substring(0, slash);
        return new ModelName(host, rest.substring(slash + 1), model, tag);
    }

    /** The shortest unambiguous form, always with the tag: {@code llama3.2:latest}, {@code hf.co/u/r:Q4_K_M}. */
    public String display() {
        if (!host.equalsIgnoreCase(DEFAULT_HOST)) return full();
        if (!namespace.equalsIgnoreCase(DEFAULT_NAMESPACE)) return namespace + "/" + model + ":" + tag;
        return model + ":" + tag;
    }

    /** All four parts: {@code host/namespace/model:tag}. */
    public String full() {
        return host + "/" + namespace + "/" + model + ":" + tag;
    }

    /** Whether both names mean the same model: all parts equal without regard to case. */
    public boolean matches(ModelName other) {
        return full().equalsIgnoreCase(other.full());
    }
}
