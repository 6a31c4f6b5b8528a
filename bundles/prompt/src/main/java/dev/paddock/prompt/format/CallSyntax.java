package dev.paddock.prompt.format;

import dev.paddock.api.prompt.GrammarBuilder;
import dev.paddock.api.prompt.Tool;
import java.util.List;

/** One way in which models write calls. Immutable. */
interface CallSyntax {
    /** What begins a call, or a row of them. */
    String opening();

    /** All marks of it that may be control tokens: they must show in the answer's text. */
    List<String> marks();

    /**
     * Reads what stands behind the opening. A stretch that finds no call gives the opening back as text
     * ({@link TextStretch#afterText}), and what followed it to the input, to be read again.
     *
     * @param opening as it stood, with the white space before it
     * @param from the text that it stood in, which goes on behind the call ({@link TextStretch#afterGap})
     */
    Stretch begin(String opening, Tools tools, TextStretch from);

    /**
     * The rule of such calls, from the opening to what closes it, with arguments that the tools' schemas allow.
     *
     * @param tools that may be called; at least one
     * @param several whether more than one call may stand there
     * @return name of the rule
     */
    String rule(GrammarBuilder grammar, List<Tool> tools, boolean several);
}
