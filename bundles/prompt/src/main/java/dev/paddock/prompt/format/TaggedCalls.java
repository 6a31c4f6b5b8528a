package dev.paddock.prompt.format;

import dev.paddock.api.prompt.GrammarBuilder;
import dev.paddock.api.prompt.Tool;
import java.util.List;
import java.util.stream.Stream;

/**
 * Calls as tags: one around a row of calls, one for each call and one for each argument, whose value is plain text. The
 * tool's schema says what a value is ({@link ArgumentTypes}). Nothing is escaped, so a value may hold what looks like a
 * tag: {@link TaggedValue} says where it ends. Closing tags may be missing.
 *
 * @param open begins a row, for example {@code <tool_call>}; empty when calls have no tag around them
 * @param close ends a row; empty when calls have no tag around them
 * @param call the tag of a call
 * @param argument the tag of an argument
 * @param lines what stands on lines of its own
 * @param typed whether the tag of an argument says whether its value is text: {@code string="true"}
 * @param bare whether the model has left out what begins a row
 */
record TaggedCalls(
        String open, String close, NamedTag call, NamedTag argument, Lines lines, boolean typed, boolean bare)
        implements CallSyntax {
    /** What stands on lines of its own. */
    enum Lines {
        /** Nothing needs to: line breaks between tags say nothing. */
        NONE,
        /** Each tag. Line breaks at the ends of a value belong to it. */
        TAGS,
        /** Tags and values: the line breaks around a value are none of it. */
        VALUES
    }

    /** With a tag around rows of calls. */
    static TaggedCalls rows(String open, String close, NamedTag call, NamedTag argument, Lines lines) {
        return new TaggedCalls(open, close, call, argument, lines, false, false);
    }

    /** Where each argument says whether its value is text. */
    TaggedCalls sayingTypes() {
        return new TaggedCalls(open, close, call, argument, lines, true, bare);
    }

    /** As models write it that leave out what begins a row; what ends it may be there. */
    TaggedCalls withoutRow() {
        return new TaggedCalls(open, close, call, argument, lines, typed, true);
    }

    @Override
    public String opening() {
        return inRows() ? open : call.before();
    }

    /** Whether a row begins before the first call. */
    boolean inRows() {
        return !bare && !open.isEmpty();
    }

    @Override
    public List<String> marks() {
        return Stream.concat(Stream.of(open, close), Stream.of(call, argument).flatMap(NamedTag::parts))
                .filter(mark -> mark.startsWith("<") && mark.endsWith(">"))
                .distinct()
                .toList();
    }

    /** The opening tag of an argument, which may say whether its value is text. */
    String argumentOpening(String name, boolean text) {
        String tag = argument.opening(name);
        String saying = " " + (text ? NamedTag.TEXT : NamedTag.JSON) + argument.end();
        return typed ? tag.substring(0, tag.length() - argument.end().length()) + saying : tag;
    }

    /** The same models now and then write a call as JSON between the same tags. */
    JsonCalls asJson() {
        return new JsonCalls(opening(), open.isEmpty() ? call.close() : close, false, CallObject.Keys.USUAL);
    }

    @Override
    public Stretch begin(String before, Tools tools, TextStretch from) {
        return new TaggedCallStretch(this, before, tools, from);
    }

    @Override
    public String rule(GrammarBuilder grammar, List<Tool> tools, boolean several) {
        return new TaggedGrammar(this, grammar).rows(tools, several);
    }
}
