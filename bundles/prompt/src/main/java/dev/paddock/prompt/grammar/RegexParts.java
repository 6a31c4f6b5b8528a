package dev.paddock.prompt.grammar;

import dev.paddock.prompt.grammar.regular.Formats.Format;
import dev.paddock.prompt.grammar.regular.Regex;

/**
 * Writes a format's expression as it stands, which is shorter than its automaton; only where ways part an automaton tells
 * them apart. Formats are ours, so that few readings of one text come of it.
 */
final class RegexParts {
    private final Format format;

    private RegexParts(Format format) {
        this.format = format;
    }

    /** The texts of a format, within JSON strings. */
    static Part of(Format format) {
        return new RegexParts(format).part(format.regex());
    }

    private Part part(Regex regex) {
        return switch (regex) {
            case Regex.One one -> JsonCharacters.part(one.on());
            case Regex.Sequence sequence ->
                Part.sequence(sequence.parts().stream().map(this::part).toList());
            case Regex.Repeat repeat -> {
                long most = repeat.most() == Regex.ENDLESS ? Part.ENDLESS : repeat.most();
                yield Part.repeated(part(repeat.body()), repeat.least(), most);
            }
            case Regex.Choice choice ->
                new Part.Named(AutomatonParts.json("format").rule(format.forks().get(choice)));
        };
    }
}
