package dev.paddock.dialect.openai.completions;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.AnswerForm;
import dev.paddock.api.inference.CompletionRequest;
import dev.paddock.api.inference.EventStream;
import dev.paddock.api.inference.InferenceService;
import dev.paddock.api.model.Options;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.security.Asker;
import dev.paddock.dialect.kit.AnswerForms;
import dev.paddock.dialect.kit.Choices;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.openai.shared.GenerationFields;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The body of a completion, read.
 *
 * @param model the model's name as the client wrote it
 * @param prompts what is to be continued
 * @param suffix what stands behind the gap that is to be filled; empty when the text is to be continued
 * @param each how many answers each prompt gets
 * @param echo whether an answer begins with its prompt
 * @param form what an answer shall look like
 * @param options how tokens are chosen
 * @param stream whether pieces are sent as they come
 * @param usage whether a stream ends with its usage
 */
record CompletionBody(
        String model,
        List<Prompt> prompts,
        String suffix,
        int each,
        boolean echo,
        AnswerForm form,
        Options options,
        boolean stream,
        boolean usage) {
    /** As OpenAI has it; each costs about as much to write as the answer itself. */
    private static final int MOST_LOGPROBS = 5;

    static CompletionBody parse(Fields body) {
        GenerationFields.checkOthers(body);
        body.refuse("response_format", "json_schema");
        boolean stream = body.flag("stream", false);
        var parsed = new CompletionBody(
                GenerationFields.model(body),
                Prompt.parse(body),
                body.text("suffix").orElse(""),
                GenerationFields.choices(body),
                body.flag("echo", false),
                form(body),
                GenerationFields.options(body, body.integer("max_tokens", 1, Integer.MAX_VALUE)),
                stream,
                GenerationFields.usage(body, stream));
        parsed.check(body);
        return parsed;
    }

    private static AnswerForm form(Fields body) {
        int logprobs = body.integer("logprobs", 0, MOST_LOGPROBS).orElse(-1L).intValue();
        return AnswerForms.parse(body, Optional.empty(), OptionalInt.empty(), logprobs);
    }

    private void check(Fields body) {
        if (count() > Choices.MOST) {
            throw invalid("\"prompt\" times \"n\" asks for " + count() + " answers; the most is " + Choices.MOST);
        }
        long best = body.integer("best_of", 1, Choices.MOST).orElse((long) each);
        if (best != each) throw invalid("\"best_of\" must be the same as \"n\": answers are not ranked here");
        boolean tokens = prompts.stream().anyMatch(Prompt.Tokens.class::isInstance);
        if (echo && tokens) throw invalid("\"echo\" needs a \"prompt\" in text, and this one is in tokens");
        if (echo && form.logprobs() >= 0) {
            throw invalid("\"echo\" with \"logprobs\" is not supported: there are none of the prompt's tokens");
        }
        if (!suffix.isEmpty() && tokens) {
            throw invalid("\"suffix\" needs a \"prompt\" in text, and this one is in tokens");
        }
    }

    /** How many answers there are in all. */
    int count() {
        return prompts.size() * each;
    }

    /** What stands at the beginning of an answer's text before anything is generated. */
    String beginning(int index) {
        return echo && prompts.get(index / each) instanceof Prompt.Text(String text) ? text : "";
    }

    /** What opens each of the answers. */
    List<Supplier<EventStream>> calls(InferenceService inference, Asker asker) {
        return IntStream.range(0, count())
                .mapToObj(index -> (Supplier<EventStream>) () -> inference.complete(request(index), asker))
                .toList();
    }

    /** A gap is written with what the model has for gaps; everything else goes to the model as it is. */
    private CompletionRequest request(int index) {
        Prompt prompt = prompts.get(index / each);
        return new CompletionRequest(
                model,
                prompt instanceof Prompt.Text(String text) ? text : "",
                Optional.empty(),
                suffix.isEmpty(),
                prompt instanceof Prompt.Tokens(List<Integer> tokens) ? tokens : List.of(),
                Think.UNSET,
                form,
                GenerationFields.ofChoice(options, index % each),
                Optional.empty(),
                suffix,
                Optional.empty());
    }

    private static PaddockException invalid(String message) {
        return new PaddockException(Fault.INVALID_REQUEST, message);
    }
}
