package dev.paddock.testkit;

import dev.paddock.api.model.Capability;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.Filling;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.OutputParser;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.api.prompt.PromptPath;
import dev.paddock.api.prompt.PromptPath.Origin;
import dev.paddock.api.prompt.PromptPaths;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Prompts every model with its template, or ChatML, and takes what it answers for plain text. */
public final class FakePaths implements PromptPaths {
    private static final ChatFormat TEXT = new Text();

    @Override
    public PromptPath of(StoredModel model, boolean tools) {
        boolean own = model.template().isPresent();
        var template = model.template().orElse(FakeStore.CHATML);
        String why = own ? "the file's Jinja template" : "no template";
        return new PromptPath(ModelSigns.of(template), own ? Origin.GGUF : Origin.FAMILY, why, TEXT);
    }

    @Override
    public PromptPath of(StoredModel model, ChatTemplate template) {
        return new PromptPath(ModelSigns.of(template), Origin.REQUEST, "the request brought a template", TEXT);
    }

    @Override
    public Optional<Filling> filling(StoredModel model) {
        return model.goTemplate().map(Filling.ByTemplate::new);
    }

    @Override
    public Set<Capability> capabilities(StoredModel model) {
        return model.capabilities();
    }

    private static final class Text implements ChatFormat {
        @Override
        public String name() {
            return "text";
        }

        @Override
        public boolean accepts(ModelSigns signs) {
            return true;
        }

        @Override
        public Set<Capability> capabilities(ModelSigns signs) {
            return Set.of();
        }

        @Override
        public OutputParser parser(AnswerStart start) {
            return new OutputParser() {
                @Override
                public List<OutputPiece> accept(String text) {
                    return List.of(new OutputPiece.Content(text));
                }

                @Override
                public List<OutputPiece> finish() {
                    return List.of();
                }
            };
        }
    }
}
