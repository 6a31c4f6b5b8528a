package dev.paddock.runner.decode;

import dev.paddock.api.engine.Ending;
import dev.paddock.api.fault.Fault;
import dev.paddock.runner.llama.LlamaException;
import dev.paddock.runner.llama.Vocabulary;
import dev.paddock.runner.protocol.Message;
import dev.paddock.runner.sampling.OrderCheck;

/** Refuses what native code would die of, and what this context cannot do. */
final class ContextCheck {
    private ContextCheck() {}

    /**
     * Checks an order, and where it is taken up.
     *
     * @param contextLength tokens of a full context
     * @param canShift whether the model's context can be shifted
     * @throws LlamaException with a message that names the field
     */
    static void check(Message.Generate message, Vocabulary vocabulary, int contextLength, boolean canShift) {
        int[] prompt = message.order().prompt();
        int resumed = message.resumed();
        if (resumed < 0 || (resumed > 0 && resumed >= prompt.length)) {
            throw invalid(resumed + " tokens of a prompt of " + prompt.length + " cannot be its answer");
        }
        // The limit is for the prompt alone; what was answered already was within it.
        OrderCheck.check(message.order(), vocabulary.size(), Math.addExact(contextLength, resumed));
        Ending ending = message.order().ending();
        if (ending.shift().isPresent()) {
            shift(ending.shift().getAsInt(), contextLength, canShift);
        } else if (prompt.length > contextLength) {
            throw invalid("prompt and answer have " + prompt.length + " tokens, the context " + contextLength);
        }
    }

    private static void shift(int keep, int contextLength, boolean canShift) {
        if (!canShift) {
            throw new LlamaException(
                    Fault.UNSUPPORTED,
                    "this model's context cannot be shifted; ask for an error or for truncation when it is full");
        }
        int most = contextLength - Shift.LEAST_ROOM;
        if (keep > most) {
            throw invalid("num_keep is " + keep + ", allowed are 0 to " + most + " with a context of " + contextLength);
        }
    }

    private static LlamaException invalid(String message) {
        return new LlamaException(Fault.INVALID_REQUEST, message);
    }
}
