package dev.paddock.prompt.grammar.regular;

import java.util.List;

/** A regular expression, read. Immutable. */
public sealed interface Regex {
    /** Of {@link Repeat#most} when there is no bound. */
    int ENDLESS = -1;

    /** Before the first character of a text; stands for {@code ^}. */
    int BEGIN = Characters.LAST + 1;

    /** Behind the last character of a text; stands for {@code $}. */
    int END = Characters.LAST + 2;

    /** One of these characters, or a mark. */
    record One(Characters on) implements Regex {}

    /** One behind the other; the empty text when there are none. */
    record Sequence(List<Regex> parts) implements Regex {}

    /** One of them. */
    record Choice(List<Regex> options) implements Regex {}

    /** Some times; {@link #ENDLESS} = without bound. */
    record Repeat(Regex body, int least, int most) implements Regex {}
}
