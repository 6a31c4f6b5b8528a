package dev.paddock.inference;

import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.prompt.Filling;
import java.util.ArrayList;
import java.util.List;

/**
 * A gap to be filled, written with the model's own tokens for it: its template has no place for one.
 *
 * @param before the text before the gap
 * @param behind the text behind it
 * @param tokens what marks the parts, and their order
 * @param control the model's control tokens, which neither text may smuggle in
 * @param context tokens in front
 */
record FillPrompt(String before, String behind, Filling.ByTokens tokens, ControlTokens control, List<Integer> context)
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
    public Prepared prepare(StoredModel model, LoadedModel loaded, int most) {
        var first = List.of(new Mask.Piece(tokens.prefix(), true), new Mask.Piece(before, false));
        var second = List.of(new Mask.Piece(tokens.suffix(), true), new Mask.Piece(behind, false));
        List<Mask.Piece> pieces = new ArrayList<>(tokens.suffixFirst() ? second : first);
        pieces.addAll(tokens.suffixFirst() ? first : second);
        pieces.add(new Mask.Piece(tokens.middle(), true));
        pieces.removeIf(piece -> piece.text().isEmpty());
        return new Prepared(
                PromptTokens.of(model.name().display(), loaded, most, control, pieces, context), Reading.raw(before));
    }
}
