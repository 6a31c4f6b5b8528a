package dev.paddock.inference;

import dev.paddock.api.engine.Chunk;
import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.engine.Logprob;
import java.util.Arrays;
import java.util.List;

/** Takes pieces of text apart between their tokens. */
final class TextCut {
    /** How far from the place that was asked for a piece may be cut: a character may be as many tokens as it has bytes. */
    private static final int FARTHEST = 8;

    private TextCut() {}

    /** The beginning of a piece, with about so many tokens; all of it when it cannot be cut there. */
    static Chunk.Text first(LoadedModel model, Chunk.Text piece, int tokens) {
        for (int away = 0; away < FARTHEST; away++) {
            for (int count : new int[] {tokens - away, tokens + away}) {
                if (count >= piece.tokens().length) return piece;
                if (count < 1) continue;
                int[] some = Arrays.copyOf(piece.tokens(), count);
                String text = model.detokenize(some);
                if (!text.isEmpty() && piece.text().startsWith(text)) {
                    return new Chunk.Text(text, some, part(piece, 0, count));
                }
            }
        }
        return piece;
    }

    /** What is left of a piece without its beginning. */
    static Chunk.Text behind(Chunk.Text piece, Chunk.Text beginning) {
        int count = beginning.tokens().length;
        int all = piece.tokens().length;
        return new Chunk.Text(
                piece.text().substring(beginning.text().length()),
                Arrays.copyOfRange(piece.tokens(), count, all),
                part(piece, count, all));
    }

    private static List<Logprob> part(Chunk.Text piece, int from, int to) {
        return piece.logprobs().isEmpty() ? List.of() : piece.logprobs().subList(from, to);
    }
}
