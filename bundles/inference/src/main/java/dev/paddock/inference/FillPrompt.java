package dev.paddock.inference;

import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.model.StoredModel;
import java.util.List;

/**
 * A gap to be filled, written with the model's own tokens for it: its template has no place for one.
 *
 * @param before the text before the gap
 * @param behind the text behind it
 * @param tokens what marks the parts
 * @param control the model's control tokens, which neither text may smuggle in
 * @param context tokens in front
 */
record FillPrompt(String before, String behind, FillTokens tokens, ControlTokens control, List<Integer> context)
        implements PromptSource {
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
    public Prepared prepare(StoredModel model, LoadedModel loaded) {
        var pieces = List.of(
                new Mask.Piece(tokens.prefix(), true),
                new Mask.Piece(before, false),
                new Mask.Piece(tokens.suffix(), true),
                new Mask.Piece(behind, false),
                new Mask.Piece(tokens.middle(), true));
        return new Prepared(
                PromptTokens.of(model.name().display(), loaded, control, pieces, context), new PassThroughParser());
    }
}
