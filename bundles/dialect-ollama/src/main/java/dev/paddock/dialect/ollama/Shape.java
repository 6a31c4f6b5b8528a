package dev.paddock.dialect.ollama;

import dev.paddock.api.inference.ChatEvent;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.dialect.kit.Reply;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How one route lays out the parts of its answer. */
enum Shape {
    /** {@code /api/generate}: text, thinking and calls at the top level. */
    GENERATE {
        @Override
        Reply chunk(String model, Part part) {
            return head(model).put("response", part.content()).some("thinking", part.thinking());
        }

        @Override
        Reply last(String model, Part part, ChatEvent.Done done, boolean tokens) {
            Reply reply = chunk(model, part).put("done", true).put("done_reason", reason(done));
            if (tokens) reply.some("context", done.tokens());
            return metrics(reply, done).some("tool_calls", ChatMessages.json(part.calls()));
        }
    },
    /** {@code /api/chat}: a message. */
    CHAT {
        @Override
        Reply chunk(String model, Part part) {
            Reply message = new Reply()
                    .put("role", "assistant")
                    .put("content", part.content())
                    .some("thinking", part.thinking())
                    .some("tool_calls", ChatMessages.json(part.calls()));
            return head(model).put("message", message.json());
        }

        @Override
        Reply last(String model, Part part, ChatEvent.Done done, boolean tokens) {
            Reply reply = chunk(model, part).put("done", true).put("done_reason", reason(done));
            return metrics(reply, done);
        }
    };

    /** A part of an answer, or all of it. */
    record Part(String content, String thinking, List<OutputPiece.Call> calls) {
        static final Part NOTHING = new Part("", "", List.of());

        static Part content(String text) {
            return new Part(text, "", List.of());
        }

        static Part thinking(String text) {
            return new Part("", text, List.of());
        }

        static Part call(OutputPiece.Call call) {
            return new Part("", "", List.of(call));
        }
    }

    /** Whether the last object holds all calls, and no other does. */
    final boolean callsLast() {
        return this == GENERATE;
    }

    /** The fields of one part, before {@code done}. */
    abstract Reply chunk(String model, Part part);

    /** The last object of an answer: with {@code part} all of it, or what was not sent yet. */
    abstract Reply last(String model, Part part, ChatEvent.Done done, boolean tokens);

    /** The answer to an empty prompt: nothing was generated, the model was loaded or unloaded. */
    final Map<String, Object> nothing(String model, String reason) {
        return chunk(model, Part.NOTHING)
                .put("done", true)
                .put("done_reason", reason)
                .json();
    }

    private static Reply head(String model) {
        return new Reply().put("model", model).put("created_at", GoTime.text(Instant.now()));
    }

    private static String reason(ChatEvent.Done done) {
        return done.reason().name().toLowerCase(Locale.ROOT);
    }

    /** All six of Ollama's, zeros too: clients compute speeds of them. */
    private static Reply metrics(Reply reply, ChatEvent.Done done) {
        var usage = done.usage();
        var tally = usage.tally();
        return reply.put("total_duration", usage.total().toNanos())
                .put("load_duration", usage.load().toNanos())
                .put("prompt_eval_count", tally.promptTokens())
                .put("prompt_eval_duration", tally.promptTime().toNanos())
                .put("eval_count", tally.completionTokens())
                .put("eval_duration", tally.completionTime().toNanos())
                .put("cached_tokens", tally.cachedTokens())
                .some("dropped_messages", usage.droppedMessages())
                .some("shifted_tokens", tally.shiftedTokens())
                .some("drafted_tokens", tally.draftedTokens())
                .some("accepted_tokens", tally.acceptedTokens())
                .some("resumes", tally.resumes());
    }
}
