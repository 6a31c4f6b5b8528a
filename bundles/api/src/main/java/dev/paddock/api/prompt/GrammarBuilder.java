package dev.paddock.api.prompt;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** A GBNF grammar in the making. Names of rules are given out by it, so that parts never clash. One thread. */
@ProviderType
public interface GrammarBuilder {
    /**
     * Adds a rule.
     *
     * @param hint what its name begins with: letters, digits and {@code -}
     * @param body its right side, by names that this builder gave and {@link #literal}
     * @return its name
     * @throws PaddockException with {@link Fault#TOO_LARGE} when all rules are longer than the engine takes
     */
    String rule(String hint, String body);

    /** Text as it must stand, quoted for GBNF. */
    String literal(String text);

    /**
     * A rule for JSON text that a schema allows, written with the properties in the schema's order. Whatever the rule
     * takes is valid; not all that is valid is taken: where a schema names properties or first items and does not speak
     * of others, there are none.
     *
     * @param schema JSON Schema (2020-12 or draft-07) as plain Java objects: a map, or true or false
     * @param strict whether what a grammar cannot express is refused; else it is left out and noted
     * @param where what the schema is called in messages, for example {@code format} or {@code tools[2]}
     * @throws PaddockException with {@link Fault#INVALID_REQUEST}, keyword and path, when it is no schema, allows
     *     nothing, or asks in strict mode for what cannot be expressed; with {@link Fault#TOO_LARGE} when it is too
     *     large or takes too long
     */
    String schema(Object schema, boolean strict, String where);

    /** A rule for any one JSON object. */
    String jsonObject();

    /** A rule for any one JSON value. */
    String jsonValue();

    /**
     * A rule for any text, even none, in which none of these texts stands. Where one of them follows, it is the first
     * that is met: none begins before it.
     *
     * @param texts none is empty
     * @throws PaddockException with {@link Fault#TOO_LARGE} when they have more than 4096 characters
     */
    String textWithout(List<String> texts);

    /** What was left out of schemas that were not strict, each with its path. */
    List<String> notes();

    /**
     * The whole grammar.
     *
     * @param root name of the rule that the text is of
     * @throws PaddockException with {@link Fault#TOO_LARGE} when it is longer than the engine takes
     */
    String text(String root);
}
