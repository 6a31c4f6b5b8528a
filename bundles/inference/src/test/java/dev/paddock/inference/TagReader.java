package dev.paddock.inference;

import dev.paddock.api.prompt.OutputParser;
import dev.paddock.api.prompt.OutputPiece;
import java.util.ArrayList;
import java.util.List;

/** Reads one thought at the start of an answer; {@code <call>} ends it too. Holds back what may be a tag. */
final class TagReader implements OutputParser {
    private static final String CALL = "<call>";

    private final StringBuilder pending = new StringBuilder();
    private boolean thinking;
    private boolean begun;
    private boolean bracketIsText;

    TagReader(boolean opened) {
        this.thinking = opened;
        this.begun = opened;
    }

    @Override
    public List<OutputPiece> accept(String text) {
        pending.append(text);
        List<OutputPiece> out = new ArrayList<>();
        if (!begun) begin();
        if (!begun) return out;
        while (thinking) {
            int tag = pending.indexOf("<", bracketIsText ? 1 : 0);
            bracketIsText = false;
            give(out, tag < 0 ? pending.length() : tag);
            if (tag < 0 || !ends()) return out;
        }
        give(out, pending.length());
        return out;
    }

    private void begin() {
        String open = TagFormat.MARKS.open();
        String visible = pending.toString().stripLeading();
        if (open.startsWith(visible) && !visible.equals(open)) return;
        begun = true;
        thinking = visible.startsWith(open);
        if (thinking) pending.replace(0, pending.length(), visible.substring(open.length()));
    }

    /** At a bracket in a thought: whether it is known by now what it begins. */
    private boolean ends() {
        String close = TagFormat.MARKS.close();
        String tag = pending.toString();
        if (tag.startsWith(close) || tag.startsWith(CALL)) {
            thinking = false;
            if (tag.startsWith(close)) pending.delete(0, close.length());
            while (!pending.isEmpty() && Character.isWhitespace(pending.charAt(0))) pending.deleteCharAt(0);
            return true;
        }
        if (close.startsWith(tag) || CALL.startsWith(tag)) return false;
        bracketIsText = true;
        return true;
    }

    private void give(List<OutputPiece> out, int length) {
        if (length == 0) return;
        String text = pending.substring(0, length);
        pending.delete(0, length);
        out.add(thinking ? new OutputPiece.Thinking(text) : new OutputPiece.Content(text));
    }

    @Override
    public List<OutputPiece> finish() {
        List<OutputPiece> out = new ArrayList<>();
        give(out, pending.length());
        return out;
    }
}
