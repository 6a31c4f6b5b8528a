package dev.paddock.prompt.grammar;

import dev.paddock.prompt.grammar.regular.Characters;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** A part of a grammar. The factories keep parts simple: what allows nothing takes with it what stands around it. */
sealed interface Part {
    /** Of {@link Repeated#most} when there is no bound. */
    long ENDLESS = Long.MAX_VALUE;

    /** The empty text. */
    Part EMPTY = new Text("");

    /** This text. */
    record Text(String text) implements Part {}

    /** One of these characters; they are not empty. */
    record OneOf(Characters set) implements Part {}

    /** One behind the other. */
    record Sequence(List<Part> parts) implements Part {}

    /** One of them. */
    record Choice(List<Part> options) implements Part {}

    /** A part some times; {@link #ENDLESS} = without bound. */
    record Repeated(Part part, long least, long most) implements Part {}

    /** What a rule says. */
    record Named(Rule rule) implements Part {}

    /** A rule that is in the grammar already. */
    record Given(String name) implements Part {}

    /**
     * No text at all, not even the empty one.
     *
     * @param why as a message may end
     */
    record Nothing(String why) implements Part {}

    /** One of these characters. */
    static Part oneOf(Characters set) {
        if (set.isEmpty()) return new Nothing("no character is allowed");
        return set.size() == 1 ? new Text(Character.toString(set.first(0))) : new OneOf(set);
    }

    /** One behind the other. */
    static Part sequence(Part... parts) {
        return sequence(List.of(parts));
    }

    /** One behind the other. */
    static Part sequence(List<Part> parts) {
        List<Part> flat = new ArrayList<>(parts.size());
        for (Part part : parts) {
            if (part instanceof Nothing) return part;
            if (part instanceof Sequence inner) inner.parts().forEach(p -> append(p, flat));
            else append(part, flat);
        }
        if (flat.isEmpty()) return EMPTY;
        return flat.size() == 1 ? flat.getFirst() : new Sequence(List.copyOf(flat));
    }

    private static void append(Part part, List<Part> flat) {
        if (!(part instanceof Text text)) {
            flat.add(part);
        } else if (!flat.isEmpty() && flat.getLast() instanceof Text before) {
            flat.set(flat.size() - 1, new Text(before.text() + text.text()));
        } else if (!text.text().isEmpty()) {
            flat.add(part);
        }
    }

    /** One of them; when none allows anything, the first says why. */
    static Part choice(List<Part> options) {
        LinkedHashSet<Part> kept = new LinkedHashSet<>();
        Part nothing = null;
        for (Part option : options) {
            if (option instanceof Nothing) nothing = nothing == null ? option : nothing;
            else if (option instanceof Choice inner) kept.addAll(inner.options());
            else kept.add(option);
        }
        if (kept.isEmpty()) return nothing == null ? new Nothing("there is nothing to choose from") : nothing;
        return kept.size() == 1 ? kept.getFirst() : new Choice(List.copyOf(kept));
    }

    /** It or the empty text. */
    static Part optional(Part part) {
        return repeated(part, 0, 1);
    }

    /** A part some times. */
    static Part repeated(Part part, long least, long most) {
        if (most == 0 || part.equals(EMPTY)) return EMPTY;
        if (part instanceof Nothing) return least == 0 ? EMPTY : part;
        return least == 1 && most == 1 ? part : new Repeated(part, least, most);
    }
}
