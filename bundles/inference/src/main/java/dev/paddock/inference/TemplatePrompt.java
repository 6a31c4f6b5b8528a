package dev.paddock.inference;

import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.PromptRenderer;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.prompt.Tool;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Messages rendered by the model's chat template. A model without one gets the texts with a blank line between and
 * answers with plain content.
 *
 * @param control the model's control tokens, which no message may smuggle in
 * @param context tokens of an earlier exchange to put in front
 */
record TemplatePrompt(
        PromptRenderer renderer,
        ChatFormats formats,
        ControlTokens control,
        List<Message> messages,
        List<Tool> tools,
        Think think,
        List<Integer> context)
        implements PromptSource {

    @Override
    public Prepared prepare(StoredModel model, LoadedModel loaded) {
        var mask = new Mask(control);
        var masked = mask.messages(messages);
        if (model.template().isEmpty()) {
            String text = masked.stream().map(Message::content).collect(Collectors.joining("\n\n"));
            return new Prepared(PromptTokens.of(loaded, mask.pieces(text), context), new PassThroughParser());
        }
        var template = model.template().get();
        var facts = loaded.facts();
        // The default of "think" is left to the template: some treat "not said" unlike both yes and no.
        var input = new PromptInput(masked, mask.tools(tools), think, facts.bosToken(), facts.eosToken());
        String rendered = renderer.render(template, input);
        int[] tokens = PromptTokens.of(loaded, mask.pieces(rendered), context);
        return new Prepared(tokens, formats.pick(template).parser(rendered, tools));
    }
}
