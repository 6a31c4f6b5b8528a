package dev.paddock.dialect.openai.responses;

import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.AnswerForm;
import dev.paddock.api.inference.ChatRequest;
import dev.paddock.api.inference.ContextPolicy;
import dev.paddock.api.prompt.Message;
import dev.paddock.dialect.kit.AnswerForms;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.openai.chat.Reasoning;
import dev.paddock.dialect.openai.shared.GenerationFields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The body of a request for a response, read.
 *
 * @param request what the inference is asked
 * @param input what is answered
 * @param tools on offer
 * @param thoughts how thoughts are given
 * @param stream whether events are sent as they come
 * @param store whether the response is kept
 * @param asked the fields of the response that repeat the request
 * @param notes what of it could not be followed, in sentences
 */
record ResponsesBody(
        ChatRequest request,
        Input input,
        ResponseTools tools,
        ReasoningItem.Form thoughts,
        boolean stream,
        boolean store,
        Map<String, Object> asked,
        List<String> notes) {
    private static final String[] NOT_HERE = {"background", "conversation", "prompt"};
    /** Beside those of all routes: nothing of them changes the answer. */
    private static final String[] HARMLESS = {"prompt_cache_options", "max_tool_calls", "client_metadata"};

    private static final String THOUGHTS = "reasoning.encrypted_content";
    private static final String LOGPROBS = "message.output_text.logprobs";

    /**
     * Reads a body.
     *
     * @param key makes the ids of items unique
     * @throws PaddockException with {@link Fault#INVALID_REQUEST} naming the field
     */
    static ResponsesBody parse(Fields body, History history, String key) {
        body.refuse(NOT_HERE);
        GenerationFields.checkOthers(body);
        body.accept(HARMLESS);
        body.object("stream_options").ifPresent(options -> options.accept("include_obfuscation"));
        var include = body.texts("include");
        var text = TextForm.parse(body);
        var tools = ResponseTools.parse(body);
        var thoughts = new ReasoningItem.Form(Asked.summary(body).isPresent(), include.contains(THOUGHTS));
        var reasoning = Reasoning.parse(body);
        var form = form(body, text, reasoning, include);
        var input = Input.parse(body, history, key);
        return new ResponsesBody(
                request(body, input.messages(), tools, reasoning, form),
                input,
                tools,
                thoughts,
                body.flag("stream", false),
                body.flag("store", true),
                Asked.of(body, text.echo()),
                Stream.of(input.notes(), tools.notes(), text.notes())
                        .flatMap(List::stream)
                        .toList());
    }

    private static ChatRequest request(
            Fields body, List<Message> messages, ResponseTools tools, Reasoning reasoning, AnswerForm form) {
        return new ChatRequest(
                GenerationFields.model(body),
                messages,
                tools.offered(),
                tools.choice(),
                reasoning.think(),
                reasoning.variables(),
                form,
                GenerationFields.options(body, body.integer("max_output_tokens", 1, Integer.MAX_VALUE)),
                Optional.empty());
    }

    private static AnswerForm form(Fields body, TextForm text, Reasoning reasoning, List<String> include) {
        var form = AnswerForms.parse(body, text.format(), reasoning.tokens(), logprobs(body, include));
        var overflow = overflow(body);
        if (overflow.isEmpty()) return form;
        if (form.overflow().isPresent()) {
            throw new PaddockException(
                    Fault.INVALID_REQUEST,
                    "\"truncation\" says the same as \"truncate\" and \"shift\"; leave these out");
        }
        return new AnswerForm(form.format(), form.thoughtTokens(), form.logprobs(), overflow, form.adapters());
    }

    private static int logprobs(Fields body, List<String> include) {
        long top =
                body.integer("top_logprobs", 0, GenerationOrder.MOST_LOGPROBS).orElse(0L);
        return top > 0 || include.contains(LOGPROBS) ? (int) top : -1;
    }

    private static Optional<ContextPolicy> overflow(Fields body) {
        return body.text("truncation").map(truncation -> switch (truncation) {
            case "auto" -> ContextPolicy.TRUNCATE;
            case "disabled" -> ContextPolicy.ERROR;
            default -> throw body.wrong("truncation", "auto or disabled");
        });
    }
}
