package dev.paddock.api.prompt;

import dev.paddock.api.model.Capability;
import java.util.List;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * How a family of models writes its answers: where thoughts and tool calls stand in the text. One service each; the one
 * with the highest service ranking that {@link #accepts} a template is used, so a bundle can bring a new format.
 */
@ConsumerType
public interface ChatFormat {
    /** A short name for logs and explanations, for example {@code hermes}. */
    String name();

    /** Whether models with this template write answers this way. */
    boolean accepts(ChatTemplate template);

    /** What the template shows that the model can do beyond completion: tools, thinking. */
    Set<Capability> capabilities(ChatTemplate template);

    /**
     * A parser for one answer.
     *
     * @param prompt the rendered prompt: an answer may begin inside a block that the prompt opened
     * @param tools the tools on offer; calls are only looked for when there are any
     */
    OutputParser parser(String prompt, List<Tool> tools);

    /**
     * The same, for formats whose tags stand in the template.
     *
     * @param template one that this format accepts
     */
    default OutputParser parser(ChatTemplate template, String prompt, List<Tool> tools) {
        return parser(prompt, tools);
    }
}
