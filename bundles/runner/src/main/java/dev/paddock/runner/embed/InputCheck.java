package dev.paddock.runner.embed;

import dev.paddock.api.fault.Fault;
import dev.paddock.runner.llama.LlamaException;
import dev.paddock.runner.llama.Vocabulary;
import dev.paddock.runner.protocol.Message;
import java.util.List;

/** Refuses what native code would die of, and answers that would not fit a frame. */
final class InputCheck {
    private static final int MOST_INPUTS = 4096;
    private static final long MOST_ANSWER_BYTES = 12L << 20;

    private InputCheck() {}

    /**
     * Checks every number.
     *
     * @param longest most tokens of an input
     * @param length numbers of each vector
     * @throws LlamaException with a message that names the input
     */
    static void check(Message.Embed order, Vocabulary vocabulary, int longest, int length) {
        List<int[]> inputs = order.inputs();
        if (inputs.isEmpty() || inputs.size() > MOST_INPUTS) {
            throw invalid("there are " + inputs.size() + " inputs, allowed are 1 to " + MOST_INPUTS);
        }
        if ((long) inputs.size() * length * Float.BYTES > MOST_ANSWER_BYTES) {
            throw invalid(inputs.size() + " vectors of " + length + " numbers are too many for one answer");
        }
        for (int i = 0; i < inputs.size(); i++) {
            int[] input = inputs.get(i);
            if (input.length == 0) throw invalid("input " + i + " is empty");
            if (input.length > longest) {
                throw new LlamaException(
                        Fault.CONTEXT_TOO_LONG,
                        "input " + i + " has " + input.length + " tokens, the context " + longest);
            }
            for (int token : input) vocabulary.check(token);
        }
    }

    private static LlamaException invalid(String message) {
        return new LlamaException(Fault.INVALID_REQUEST, message);
    }
}
