package dev.paddock.inference;

import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.util.Arrays;
import java.util.List;

/**
 * Turns prompt text into tokens, and stops as soon as they cannot fit. A long text is tokenized in parts, cut before
 * control tokens, where the tokenizer cuts too: the time for one text grows with the square of their number, and other
 * requests wait for it. One request, one thread.
 */
final class PromptTokens {
    /** Least characters of a part of a long text. */
    static final int PART = 16_384;

    private final String name;
    private final LoadedModel model;
    private final int most;
    private final ControlTokens control;
    private int[] tokens;
    private int count;

    private PromptTokens(String name, LoadedModel model, int most, ControlTokens control, List<Integer> context) {
        this.name = name;
        this.model = model;
        this.most = most;
        this.control = control;
        this.tokens = context.stream().mapToInt(Integer::intValue).toArray();
        this.count = tokens.length;
    }

    /**
     * Tokens of a prompt.
     *
     * @param name the model's, for messages
     * @param most tokens that the context holds
     * @param context tokens to put in front; then the text gets no beginning of its own
     * @throws PaddockException with {@link Fault#CONTEXT_TOO_LONG} when there are surely more tokens than that; a prompt that just fits leaves no room for an answer, which is not looked at here
     */
    static int[] of(
            String name,
            LoadedModel model,
            int most,
            ControlTokens control,
            List<Mask.Piece> pieces,
            List<Integer> context) {
        checkContext(model, context);
        var all = new PromptTokens(name, model, most, control, context);
        boolean first = true;
        for (var piece : pieces) {
            boolean begins = first && beginsItself(model, piece);
            String text = begins && !context.isEmpty() ? withoutBeginning(model, piece) : piece.text();
            all.add(text, first && context.isEmpty() && !begins, piece.special());
            first = false;
        }
        if (all.count == 0) throw new PaddockException(Fault.INVALID_REQUEST, "the prompt is empty");
        return Arrays.copyOf(all.tokens, all.count);
    }

    private void add(String text, boolean addBeginning, boolean special) {
        long least = count + control.leastTokens(text);
        if (least > most) throw Window.tooLong(name, "at least " + least, most, model.facts());
        for (int from = 0, to; from < text.length() || from == 0; from = Math.max(to, 1)) {
            if (count > most) throw Window.tooLong(name, "more than " + count, most, model.facts());
            to = special ? control.cut(text, from + PART) : text.length();
            add(model.tokenize(text.substring(from, to), addBeginning && from == 0, special));
        }
    }

    private void add(int[] more) {
        if (count + more.length > tokens.length) {
            tokens = Arrays.copyOf(tokens, Math.max(count + more.length, 2 * tokens.length));
        }
        System.arraycopy(more, 0, tokens, count, more.length);
        count += more.length;
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
