package dev.paddock.inference;

import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.model.StoredModel;
import java.util.List;

/**
 * A prompt that goes to the model as the client wrote it, control tokens included.
 *
 * @param text the whole prompt
 * @param control the model's control tokens
 * @param context tokens in front of it
 */
record RawPrompt(String text, ControlTokens control, List<Integer> context) implements PromptSource {
    @Override
    public int droppable() {
        return 0;
    }

    @Override
    public PromptSource without(int groups) {
        return this;
    }

    @Override
    public int size() {
        return 1;
    }

    @Override
    public Prepared prepare(StoredModel model, LoadedModel loaded, int most) {
        var pieces = List.of(new Mask.Piece(text, true));
        return new Prepared(
                PromptTokens.of(model.name().display(), loaded, most, control, pieces, context), Reading.raw(text));
    }
}
