package dev.paddock.prompt;

import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.OutputParser;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.prompt.go.ThinkTags;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Splits a thought off the start of an answer, by tags of the template, and leaves the rest to the scanner of calls.
 * White space around tags is not part of the text.
 */
final class GoParser implements OutputParser {
    private enum State {
        /** Nothing but white space has come. */
        START,
        /** Behind the opening tag, before the first thought. */
        OPENED,
        THOUGHT,
        /** Behind the closing tag, before the answer. */
        CLOSED,
        CONTENT
    }

    private final ThinkTags tags;
    private final CallScanner calls;
    private final StringBuilder pending = new StringBuilder();
    private State state;

    /**
     * A parser for one answer.
     *
     * @param tags around thoughts; empty when there are none to look for
     * @param start the prompt may end behind the opening tag, or in a thought or text that is begun
     * @param calls reads what is no thought
     */
    GoParser(Optional<ThinkTags> tags, AnswerStart start, CallScanner calls) {
        this.tags = tags.orElse(new ThinkTags("", ""));
        this.calls = calls;
        if (tags.isEmpty()) state = State.CONTENT;
        else if (start.begun().isPresent()) state = begun(start.begun().get());
        else state = start.prompt().stripTrailing().endsWith(this.tags.open()) ? State.OPENED : State.START;
    }

    private State begun(Message begun) {
        String content = begun.content();
        boolean open = content.startsWith(tags.open()) && !content.contains(tags.close());
        return content.isEmpty() || open ? State.THOUGHT : State.CONTENT;
    }

    @Override
    public List<OutputPiece> accept(String text) {
        pending.append(text);
        List<OutputPiece> out = new ArrayList<>();
        while (step(out)) {
            // each step changes the state
        }
        return out;
    }

    @Override
    public List<OutputPiece> finish() {
        List<OutputPiece> out = new ArrayList<>();
        if (state == State.OPENED || state == State.THOUGHT) thought(pending.length(), out);
        else out.addAll(calls.accept(taken(pending.length())));
        out.addAll(calls.finish());
        return out;
    }

    /** Whether the state changed, so that there may be more to do. */
    private boolean step(List<OutputPiece> out) {
        return switch (state) {
            case START -> start();
            case OPENED -> behindTag(State.THOUGHT);
            case THOUGHT -> thinking(out);
            case CLOSED -> behindTag(State.CONTENT);
            case CONTENT -> {
                out.addAll(calls.accept(taken(pending.length())));
                yield false;
            }
        };
    }

    private boolean start() {
        String visible = pending.toString().stripLeading();
        if (visible.startsWith(tags.open())) {
            taken(pending.length() - visible.length() + tags.open().length());
            state = State.OPENED;
            return true;
        }
        if (tags.open().startsWith(visible)) return false;
        state = State.CONTENT;
        return true;
    }

    private boolean behindTag(State then) {
        taken(pending.length() - pending.toString().stripLeading().length());
        if (pending.isEmpty()) return false;
        state = then;
        return true;
    }

    private boolean thinking(List<OutputPiece> out) {
        int end = pending.indexOf(tags.close());
        if (end < 0) {
            thought(Held.trimmed(pending, pending.length() - Held.possible(pending, tags.close())), out);
            return false;
        }
        thought(Held.trimmed(pending, end), out);
        taken(pending.indexOf(tags.close()) + tags.close().length());
        state = State.CLOSED;
        return true;
    }

    private void thought(int length, List<OutputPiece> out) {
        if (length > 0) out.add(new OutputPiece.Thinking(taken(length)));
    }

    private String taken(int length) {
        String text = pending.substring(0, length);
        pending.delete(0, length);
        return text;
    }
}
