package dev.paddock.prompt;

import dev.paddock.api.model.Capability;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.OutputParser;
import dev.paddock.api.prompt.Tool;
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
    public boolean accepts(ChatTemplate template) {
        return true;
    }

    @Override
    public Set<Capability> capabilities(ChatTemplate template) {
        return Thoughts.asked(template) ? Set.of(Capability.THINKING) : Set.of();
    }

    @Override
    public OutputParser parser(String prompt, List<Tool> tools) {
        return new TagParser(true, Thoughts.opened(prompt), CallReader.of(List.of()));
    }
}
