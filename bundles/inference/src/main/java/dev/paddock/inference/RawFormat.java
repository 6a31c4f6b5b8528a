package dev.paddock.inference;

import dev.paddock.api.model.Capability;
import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.OutputParser;
import java.util.Set;

/** Everything is content: for prompts without a template, and for what fills a gap, which is text whatever it looks like. */
final class RawFormat implements ChatFormat {
    @Override
    public String name() {
        return "raw";
    }

    @Override
    public boolean accepts(ModelSigns signs) {
        return false;
    }

    @Override
    public Set<Capability> capabilities(ModelSigns signs) {
        return Set.of();
    }

    @Override
    public OutputParser parser(AnswerStart start) {
        return new PassThroughParser();
    }
}
