package dev.paddock.api.inference;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the content of an answer must keep to, thoughts aside. */
public sealed interface AnswerFormat {
    /** A grammar of the user's own: GBNF with the rule {@code root}. It holds for the whole answer, thoughts included. */
    record Grammar(String gbnf) implements AnswerFormat {}

    /** One JSON object. */
    record JsonObject() implements AnswerFormat {}

    /**
     * JSON that a schema allows.
     *
     * @param schema JSON Schema (2020-12 or draft-07) as plain Java objects
     * @param strict whether keywords that cannot be held to are refused; else they are left out and noted
     * @param where the request's field that holds it, for messages
     */
    record Schema(Map<String, Object> schema, boolean strict, String where) implements AnswerFormat {
        public Schema {
            schema = Collections.unmodifiableMap(new LinkedHashMap<>(schema));
        }
    }
}
