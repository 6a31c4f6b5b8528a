package dev.paddock.prompt.grammar;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is wrong with a schema, in words: each begins with what the schema is called and names keyword and path. */
final class Complaints {
    private static final int MOST_NOTES = 100;
    private static final int LONGEST_VALUE = 60;

    private final String where;
    private final boolean strict;
    private final Set<String> notes = new LinkedHashSet<>();

    Complaints(String where, boolean strict) {
        this.where = where;
        this.strict = strict;
    }

    /** What was left out so far. */
    Set<String> notes() {
        return notes;
    }

    /** A keyword that a grammar cannot express: refused, or noted. */
    void unheld(Node node, String keyword) {
        unheld(node, keyword, "");
    }

    /**
     * A keyword that a grammar cannot express: refused, or noted.
     *
     * @param why as the sentence may go on; may be empty
     */
    void unheld(Node node, String keyword, String why) {
        String reason = why.isEmpty() ? "" : " (" + why + ")";
        if (strict) {
            throw new PaddockException(
                    Fault.INVALID_REQUEST,
                    place(node, keyword) + " cannot be held to by a grammar" + reason
                            + "; leave it out, or do not ask for strict");
        }
        if (notes.size() < MOST_NOTES) notes.add(place(node, keyword) + " is not held to" + reason);
        else notes.add(where + ": and more like these");
    }

    /** A keyword's value that is none for it. */
    PaddockException malformed(Node node, String keyword, String wanted) {
        String value =
                switch (node.get(keyword)) {
                    case Map<?, ?> map -> "an object";
                    case List<?> list -> "a list";
                    case null -> "null";
                    case Object other -> shortened(other.toString());
                };
        return new PaddockException(
                Fault.INVALID_REQUEST, place(node, keyword) + " must be " + wanted + ", not " + value);
    }

    private static String shortened(String value) {
        return value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) + "..." : value;
    }

    /** Something that is wrong at a keyword. */
    PaddockException invalid(Node node, String keyword, String what) {
        return new PaddockException(Fault.INVALID_REQUEST, place(node, keyword) + " " + what);
    }

    /** Something that is wrong with a schema as a whole. */
    PaddockException invalid(Node node, String what) {
        return new PaddockException(Fault.INVALID_REQUEST, where + ": the schema " + at(node) + " " + what);
    }

    /** A schema that no text keeps to. */
    PaddockException nothing(String why) {
        return new PaddockException(Fault.INVALID_REQUEST, where + ": the schema allows nothing: " + why);
    }

    /** More than is worked on. */
    PaddockException tooLarge(Node node, String what) {
        return new PaddockException(Fault.TOO_LARGE, where + ": the schema " + at(node) + " " + what);
    }

    private String place(Node node, String keyword) {
        return where + ": \"" + keyword + "\" " + at(node);
    }

    /** Where a schema is. */
    static String at(Node node) {
        return node.path().isEmpty() ? "at the top" : "at " + node.path();
    }
}
