package dev.paddock.prompt.format;

import dev.paddock.api.prompt.Tool;
import dev.paddock.prompt.json.JsonText;

/** Reads code of {@link CodeCalls}; all of it, with its white space, is one argument. One thread. */
final class CodeStretch implements Stretch {
    private final CodeCalls syntax;
    private final String opening;
    private final Tool runner;
    private final TextStretch from;
    private final StringBuilder written = new StringBuilder();
    private OpenCall call;

    CodeStretch(CodeCalls syntax, String opening, Tool runner, TextStretch from) {
        this.syntax = syntax;
        this.opening = opening;
        this.runner = runner;
        this.from = from;
    }

    @Override
    public Stretch read(Input in, Pieces out) {
        if (call == null) {
            int blanks = in.blanks();
            if (blanks == in.length()) return in.ended() ? from.afterText(opening, out) : this;
            written.append(opening);
            call = out.begin(runner.name());
            call.arguments("{" + JsonText.of(CodeCalls.argument(runner)) + ": \"");
        }
        int end = syntax.closing().isEmpty() ? -1 : in.find(syntax.closing(), 0);
        boolean over = end >= 0 || in.ended();
        if (end < 0) end = in.length() - (syntax.closing().isEmpty() ? 0 : in.possible(syntax.closing()));
        code(in.take(end));
        if (!over) return this;
        call.arguments("\"}");
        call.complete(written);
        return from.afterGap();
    }

    private void code(String text) {
        written.append(text);
        String quoted = JsonText.of(text);
        call.arguments(quoted.substring(1, quoted.length() - 1));
    }
}
