package dev.paddock.prompt;

import dev.paddock.api.model.Capability;
import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.OutputParser;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** The fallback for templates no other format knows: text, and thoughts where the answer begins with them. */
@Component(property = "service.ranking:Integer=-1000")
public final class PlainFormat implements ChatFormat {
    @Override
    public String name() {
        return "plain";
    }

    @Override
    public boolean accepts(ModelSigns signs) {
        return true;
    }

    @Override
    public Set<Capability> capabilities(ModelSigns signs) {
        return Thoughts.asked(signs.template()) ? Set.of(Capability.THINKING) : Set.of();
    }

    @Override
    public OutputParser parser(AnswerStart start) {
        return new TagParser(true, Thoughts.opened(start.prompt()), CallReader.of(List.of()));
    }
}
