package dev.paddock.inference;

import dev.paddock.api.prompt.OutputParser;
import dev.paddock.api.prompt.OutputPiece;
import java.util.List;

/** Everything is content: for raw prompts and for models without a template. */
final class PassThroughParser implements OutputParser {
    @Override
    public List<OutputPiece> accept(String text) {
        return text.isEmpty() ? List.of() : List.of(new OutputPiece.Content(text));
    }

    @Override
    public List<OutputPiece> finish() {
        return List.of();
    }
}
