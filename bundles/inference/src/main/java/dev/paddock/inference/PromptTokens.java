package dev.paddock.inference;

import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Turns prompt text into tokens and sees to it that they fit. */
final class PromptTokens {
    private PromptTokens() {}

    /**
     * Tokens of a prompt.
     *
     * @param context tokens to put in front; then the text gets no beginning of its own
     */
    static int[] of(LoadedModel model, List<Mask.Piece> pieces, List<Integer> context) {
        checkContext(model, context);
        IntStream all = context.stream().mapToInt(Integer::intValue);
        boolean first = true;
        for (var piece : pieces) {
            boolean begins = first && beginsItself(model, piece);
            String text = begins && !context.isEmpty() ? withoutBeginning(model, piece) : piece.text();
            boolean addBeginning = first && context.isEmpty() && !begins;
            all = IntStream.concat(all, Arrays.stream(model.tokenize(text, addBeginning, piece.special())));
            first = false;
        }
        int[] tokens = all.toArray();
        if (tokens.length == 0) throw new PaddockException(Fault.INVALID_REQUEST, "the prompt is empty");
        return tokens;
    }

    /** Most templates write the begin-of-sequence token themselves; a second one would confuse the model. */
    private static boolean beginsItself(LoadedModel model, Mask.Piece piece) {
        String bos = model.facts().bosToken();
        return !bos.isEmpty() && piece.special() && piece.text().startsWith(bos);
    }

    private static String withoutBeginning(LoadedModel model, Mask.Piece piece) {
        return piece.text().substring(model.facts().bosToken().length());
    }

    private static void checkContext(LoadedModel model, List<Integer> context) {
        int vocabulary = model.facts().vocabulary();
        for (int token : context) {
            if (token < 0 || token >= vocabulary) {
                throw new PaddockException(
                        Fault.INVALID_REQUEST,
                        "context: token " + token + " is not one of this model's " + vocabulary + " tokens");
            }
        }
    }
}
