package dev.paddock.api.inference;

import dev.paddock.api.model.Options;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.scheduler.KeepAlive;
import java.util.List;
import java.util.Optional;

/**
 * A single prompt to be answered or continued.
 *
 * @param model name as the client wrote it
 * @param prompt the user's text, or with {@code raw} the whole prompt
 * @param system replaces the model's system text, if given
 * @param raw the prompt goes to the model as it is, without template or parser
 * @param context tokens of an earlier exchange to put in front; empty when there is none
 * @param think whether reasoning is asked for
 * @param form what the answer shall look like
 * @param options over the model's own
 * @param keepAlive how long the model stays loaded afterwards; empty = unchanged or the default
 * @param suffix what stands behind the gap that the model shall fill; empty when nothing is to be filled in
 * @param template a Go template in place of the model's own
 */
public record CompletionRequest(
        String model,
        String prompt,
        Optional<String> system,
        boolean raw,
        List<Integer> context,
        Think think,
        AnswerForm form,
        Options options,
        Optional<KeepAlive> keepAlive,
        String suffix,
        Optional<String> template) {
    public CompletionRequest {
        context = List.copyOf(context);
    }

    /** A prompt to be answered or continued by the model's own template. */
    public CompletionRequest(
            String model,
            String prompt,
            Optional<String> system,
            boolean raw,
            List<Integer> context,
            Think think,
            AnswerForm form,
            Options options,
            Optional<KeepAlive> keepAlive) {
        this(model, prompt, system, raw, context, think, form, options, keepAlive, "", Optional.empty());
    }
}
