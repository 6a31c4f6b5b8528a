package dev.paddock.prompt.format;

import dev.paddock.api.model.Capability;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.ThoughtMarks;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * The fallback for templates that no other format knows: text, and thoughts where the answer begins with them.
 *
 * <p>Such models were not trained on tools in any way that is known here, so {@link #capabilities} does not name them:
 * nothing shows a model as one that can call tools, and whoever offers them must want it so. Where tools are offered all
 * the same, {@link #prepare} describes them in a message and takes them from the template, and the answer is read for
 * {@code <tool_call>{"name": ..., "arguments": ...}</tool_call>}, and for such JSON alone or in a code fence where the
 * answer begins with it.
 */
@Component(service = ChatFormat.class, property = "service.ranking:Integer=-1000")
public final class PlainFormat extends MarkedFormat {
    /** Calls as the words of {@link ToolsAsText} ask for them. */
    static final CallSyntax CALLS = new JsonCalls("<tool_call>", "</tool_call>", false, CallObject.Keys.USUAL);

    private static final CallSyntax BARE = new JsonCalls("", "", false, CallObject.Keys.USUAL);
    private static final Layout LAYOUT = Layout.of(CALLS).bare(BARE).with(Layout.Trait.BARE_IN_FENCES);

    /** A format without state. */
    public PlainFormat() {
        super("plain", LAYOUT.thinking(Layout.THINK));
    }

    private PlainFormat(Layout layout) {
        super("plain", layout);
    }

    /** The same for models with thoughts of another kind, or with none. */
    public static PlainFormat thinking(Optional<ThoughtMarks> marks) {
        return new PlainFormat(marks.map(LAYOUT::thinking).orElse(LAYOUT));
    }

    @Override
    public boolean accepts(ModelSigns signs) {
        return true;
    }

    @Override
    public Set<Capability> capabilities(ModelSigns signs) {
        return asksForThoughts(signs) ? EnumSet.of(Capability.THINKING) : EnumSet.noneOf(Capability.class);
    }

    @Override
    public PromptInput prepare(ModelSigns signs, PromptInput input) {
        return ToolsAsText.of(signs.template(), input);
    }
}
