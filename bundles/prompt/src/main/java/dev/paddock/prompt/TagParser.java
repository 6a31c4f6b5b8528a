package dev.paddock.prompt;

import dev.paddock.api.prompt.OutputParser;
import dev.paddock.api.prompt.OutputPiece;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code <think>thoughts</think>}, content and {@code <tool_call>{json}</tool_call>}. Thoughts are only looked
 * for at the start of an answer. White space around tags is not part of the text. What looks like a call and is none
 * stays in the text it stands in. What comes out depends on the whole text alone, not on how it was cut into pieces.
 */
final class TagParser implements OutputParser {
    static final String THINK = "<think>";
    static final String THINK_END = "</think>";
    static final String CALL = "<tool_call>";
    static final String CALL_END = "</tool_call>";

    private enum State {
        /** Nothing but white space has come. */
        START,
        /** Behind {@code <think>}, before the first thought. */
        OPENED,
        THOUGHT,
        CONTENT,
        /** White space before the text of {@link #resume}. */
        GAP,
        /** Behind {@code <tool_call>}. */
        CALLING,
        /** Behind the JSON of a call. */
        CALLED
    }

    private final CallReader calls;
    private final StringBuilder pending = new StringBuilder();
    private List<OutputPiece> out = new ArrayList<>();
    private State state;
    /** The text that goes on behind a gap or a call: THOUGHT or CONTENT. */
    private State resume = State.CONTENT;
    /** White space that stood before the call being read. */
    private String beforeCall = "";
    /** White space between the tag and the JSON of the call being read. */
    private final StringBuilder afterTag = new StringBuilder();

    /** Index of the next call. */
    private int calling;

    private ObjectEnd objectEnd = new ObjectEnd();

    /**
     * A parser for one answer.
     *
     * @param thinking whether to look for thoughts at all
     * @param opened whether the prompt ended behind {@code <think>}
     * @param calls what to read calls with
     */
    TagParser(boolean thinking, boolean opened, CallReader calls) {
        this.calls = calls;
        this.state = opened ? State.OPENED : thinking ? State.START : State.CONTENT;
    }

    @Override
    public List<OutputPiece> accept(String text) {
        pending.append(text);
        while (step()) {
            // each step consumes text or changes the state
        }
        return taken();
    }

    @Override
    public List<OutputPiece> finish() {
        while (!pending.isEmpty()) {
            if (state == State.CALLING) {
                noCall();
                while (step()) {
                    // the text of what was no call may hold other tags
                }
            } else {
                emit(textState(), pending.toString());
                pending.setLength(0);
            }
        }
        if (state == State.CALLING) noCall();
        return taken();
    }

    private List<OutputPiece> taken() {
        var taken = out;
        out = new ArrayList<>();
        return taken;
    }

    /** Whether something was done, so that another step may do more. */
    private boolean step() {
        return switch (state) {
            case START -> start();
            case OPENED -> opened();
            case THOUGHT -> text(THINK_END);
            case CONTENT -> text(null);
            case GAP -> gap();
            case CALLING -> calling();
            case CALLED -> called();
        };
    }

    private boolean start() {
        int first = firstVisible();
        if (first == pending.length()) return false;
        if (begins(first, THINK)) {
            pending.delete(0, first + THINK.length());
            state = State.OPENED;
            return true;
        }
        if (mayBegin(first, THINK)) return false;
        state = State.CONTENT;
        return true;
    }

    /** Some models repeat the opening tag although the prompt has it. */
    private boolean opened() {
        pending.delete(0, firstVisible());
        if (pending.isEmpty()) return false;
        if (begins(0, THINK)) {
            pending.delete(0, THINK.length());
            return true;
        }
        if (mayBegin(0, THINK)) return false;
        state = State.THOUGHT;
        return true;
    }

    /** Gives out text up to the next tag, or up to what may become one. */
    private boolean text(String end) {
        int endAt = end == null ? -1 : pending.indexOf(end);
        int callAt = calls.active() ? pending.indexOf(CALL) : -1;
        if (callAt >= 0 && (endAt < 0 || callAt < endAt)) return openCall(callAt);
        if (endAt >= 0) {
            emit(state, pending.substring(0, trimmed(endAt)));
            pending.delete(0, endAt + end.length());
            resume = State.CONTENT;
            state = State.GAP;
            return true;
        }
        if (end == null && !calls.active()) {
            giveOut(pending.length());
            return false;
        }
        int held = calls.active() ? possibleTag(CALL) : 0;
        if (end != null) held = Math.max(held, possibleTag(end));
        giveOut(trimmed(pending.length() - held));
        return false;
    }

    private void giveOut(int length) {
        emit(state, pending.substring(0, length));
        pending.delete(0, length);
    }

    private boolean openCall(int callAt) {
        int end = trimmed(callAt);
        emit(state, pending.substring(0, end));
        beforeCall = pending.substring(end, callAt);
        pending.delete(0, callAt + CALL.length());
        resume = state;
        state = State.CALLING;
        objectEnd = new ObjectEnd();
        return true;
    }

    private boolean calling() {
        int first = firstVisible();
        if (first == pending.length()) return false;
        if (pending.charAt(first) != '{') return noCall();
        beforeObject(first);
        int end = objectEnd.find(pending);
        if (end < 0) return false;
        var call = calls.read(pending.substring(0, end));
        if (call.isEmpty()) return noCall();
        WholeCall.add(out, calling++, call.get());
        pending.delete(0, end);
        beforeCall = "";
        state = State.CALLED;
        return true;
    }

    /** Moves white space behind the tag to what is given back if this turns out to be no call. */
    private void beforeObject(int first) {
        if (first == 0) return;
        afterTag.append(pending, 0, first);
        pending.delete(0, first);
    }

    /** The tag was only text: it is given back, and what follows it is read again. */
    private boolean noCall() {
        emit(resume, beforeCall + CALL + afterTag);
        beforeCall = "";
        afterTag.setLength(0);
        state = resume;
        return true;
    }

    private boolean called() {
        afterTag.setLength(0);
        pending.delete(0, firstVisible());
        if (pending.isEmpty()) return false;
        if (begins(0, CALL_END)) {
            pending.delete(0, CALL_END.length());
            state = State.GAP;
            return true;
        }
        if (mayBegin(0, CALL_END)) return false;
        state = resume;
        return true;
    }

    private boolean gap() {
        pending.delete(0, firstVisible());
        if (pending.isEmpty()) return false;
        state = resume;
        return true;
    }

    private State textState() {
        return switch (state) {
            case OPENED, THOUGHT -> State.THOUGHT;
            case START, CONTENT, CALLING -> State.CONTENT;
            case GAP, CALLED -> resume;
        };
    }

    private void emit(State kind, String text) {
        if (text.isEmpty()) return;
        out.add(kind == State.THOUGHT ? new OutputPiece.Thinking(text) : new OutputPiece.Content(text));
    }

    private int firstVisible() {
        int i = 0;
        while (i < pending.length() && Character.isWhitespace(pending.charAt(i))) i++;
        return i;
    }

    /** The end of the text before an index without its trailing white space. */
    private int trimmed(int end) {
        int i = end;
        while (i > 0 && Character.isWhitespace(pending.charAt(i - 1))) i--;
        return i;
    }

    private boolean begins(int index, String tag) {
        return pending.length() - index >= tag.length()
                && pending.substring(index, index + tag.length()).equals(tag);
    }

    private boolean mayBegin(int index, String tag) {
        return pending.length() - index < tag.length() && tag.startsWith(pending.substring(index));
    }

    /** Length of the longest end of the text that could be the start of a tag. */
    private int possibleTag(String tag) {
        for (int length = Math.min(tag.length() - 1, pending.length()); length > 0; length--) {
            if (tag.startsWith(pending.substring(pending.length() - length))) return length;
        }
        return 0;
    }
}
