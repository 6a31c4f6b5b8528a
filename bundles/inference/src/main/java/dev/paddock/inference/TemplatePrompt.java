package dev.paddock.inference;

import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Capability;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.OutputParser;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.PromptPath;
import dev.paddock.api.prompt.PromptRenderer;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.prompt.Tool;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages rendered by a chat template.
 *
 * @param path the template and the format of the answer
 * @param control the model's control tokens, which no message may smuggle in
 * @param context tokens of an earlier exchange to put in front
 * @param suffix what stands behind the gap that the model shall fill; empty when nothing is to be filled in
 */
record TemplatePrompt(
        PromptRenderer renderer,
        PromptPath path,
        ControlTokens control,
        List<Message> messages,
        List<Tool> tools,
        Think think,
        List<Integer> context,
        String suffix)
        implements PromptSource {

    private static final Logger LOG = LoggerFactory.getLogger(TemplatePrompt.class);

    /** More than the largest contexts hold, and half of what a template may make: it should not be what refuses. */
    private static final long MAX_CHARACTERS = 8_000_000;

    @Override
    public int droppable() {
        return Turns.droppable(messages).size();
    }

    @Override
    public PromptSource without(int groups) {
        var left = Turns.without(messages, groups);
        return new TemplatePrompt(renderer, path, control, left, tools, think, context, suffix);
    }

    @Override
    public int size() {
        return messages.size();
    }

    @Override
    public Prepared prepare(StoredModel model, LoadedModel loaded) {
        checkLength();
        var mask = new Mask(control);
        var masked = mask.messages(messages);
        var facts = loaded.facts();
        // The default of "think" is left to the template: some treat "not said" unlike both yes and no.
        var input = new PromptInput(
                masked, mask.tools(tools), think, facts.bosToken(), facts.eosToken(), mask.text(suffix), Map.of());
        String rendered = renderer.render(path.template(), input);
        int[] tokens = tokens(model, loaded, mask.pieces(rendered));
        return new Prepared(tokens, parser(model, rendered));
    }

    private void checkLength() {
        long characters = suffix.length()
                + messages.stream()
                        .mapToLong(
                                m -> (long) m.content().length() + m.thinking().length())
                        .sum();
        if (characters > MAX_CHARACTERS) {
            throw new PaddockException(
                    Fault.TOO_LARGE,
                    "the messages have " + characters + " characters; a prompt may have at most " + MAX_CHARACTERS
                            + ", whatever the model's context");
        }
    }

    private int[] tokens(StoredModel model, LoadedModel loaded, List<Mask.Piece> pieces) {
        return PromptTokens.of(model.name().display(), loaded, control, pieces, context);
    }

    /** What fills a gap is text, whatever it looks like. */
    private OutputParser parser(StoredModel model, String rendered) {
        if (!suffix.isEmpty()) return new PassThroughParser();
        if (!tools.isEmpty() && !path.format().capabilities(path.signs()).contains(Capability.TOOLS)) {
            LOG.warn(
                    "tools are offered to {}, but no chat format here reads its calls: they will come as text",
                    model.name().display());
        }
        return path.format().parser(new AnswerStart(path.signs(), rendered, tools));
    }
}
