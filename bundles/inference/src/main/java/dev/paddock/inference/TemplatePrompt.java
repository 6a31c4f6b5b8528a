package dev.paddock.inference;

import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.PromptPath;
import dev.paddock.api.prompt.PromptRenderer;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.prompt.ThoughtMarks;
import dev.paddock.api.prompt.Tool;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Messages rendered by a chat template.
 *
 * @param path the template and the format of the answer
 * @param control the model's control tokens, which no message may smuggle in
 * @param thinker whether the model can think
 * @param variables more of them for the template, by the request
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
        boolean thinker,
        Map<String, Object> variables,
        List<Integer> context,
        String suffix)
        implements PromptSource {

    /** More than the largest contexts hold, and half of what a template may make: it should not be what refuses. */
    private static final long MAX_CHARACTERS = 8_000_000;

    @Override
    public int droppable() {
        return Turns.droppable(messages).size();
    }

    @Override
    public PromptSource without(int groups) {
        var left = Turns.without(messages, groups);
        return new TemplatePrompt(renderer, path, control, left, tools, think, thinker, variables, context, suffix);
    }

    @Override
    public int size() {
        return messages.size();
    }

    @Override
    public Prepared prepare(StoredModel model, LoadedModel loaded, int most) {
        checkLength();
        var mask = new Mask(control);
        var masked = mask.messages(messages);
        var facts = loaded.facts();
        // The default of "think" is left to the template: some treat "not said" unlike both yes and no.
        var input = new PromptInput(
                masked,
                mask.tools(tools),
                think,
                facts.bosToken(),
                facts.eosToken(),
                mask.text(suffix),
                mask.variables(variables));
        String rendered = renderer.render(path.template(), path.format().prepare(path.signs(), input));
        return new Prepared(tokens(model, loaded, most, mask.pieces(rendered)), reading(rendered, input.begun()));
    }

    /** What fills a gap is text, whatever it looks like. */
    private Reading reading(String rendered, Optional<Message> last) {
        if (!suffix.isEmpty()) return Reading.raw(rendered);
        boolean thoughts = think.wanted() || (think == Think.UNSET && thinker);
        // A Go template may have ended the turn and opened another.
        var begun = last.filter(message -> rendered.endsWith(said(message)));
        var start = new AnswerStart(path.signs(), rendered, tools, thoughts, begun);
        return new Reading(path.format(), start, thoughts && !think.wanted() && begun.isEmpty());
    }

    /** What a prompt ends with that goes on with this; a template may have its own space behind the mark of thoughts. */
    private String said(Message begun) {
        String said = begun.content().isEmpty() ? begun.thinking() : begun.content();
        String open =
                path.format().thoughts(path.signs()).map(ThoughtMarks::open).orElse("");
        return said.startsWith(open) && !open.isEmpty()
                ? said.substring(open.length()).stripLeading()
                : said;
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

    private int[] tokens(StoredModel model, LoadedModel loaded, int most, List<Mask.Piece> pieces) {
        return PromptTokens.of(model.name().display(), loaded, most, control, pieces, context);
    }
}
