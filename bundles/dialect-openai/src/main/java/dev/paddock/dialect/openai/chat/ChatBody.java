package dev.paddock.dialect.openai.chat;

import dev.paddock.api.inference.ChatRequest;
import dev.paddock.api.inference.EventStream;
import dev.paddock.api.inference.InferenceService;
import dev.paddock.api.model.Options;
import dev.paddock.api.security.Asker;
import dev.paddock.dialect.kit.AnswerForms;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.openai.shared.GenerationFields;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The body of a chat completion, read.
 *
 * @param request what the inference is asked
 * @param choices how many answers are wanted
 * @param stream whether pieces are sent as they come
 * @param usage whether a stream ends with its usage
 */
record ChatBody(ChatRequest request, int choices, boolean stream, boolean usage) {
    private static final String[] NOT_YET = {
        "audio",
        "prediction",
        "web_search_options",
        "functions",
        "function_call",
        "continue_final_message",
        "chat_template",
        "documents",
    };

    static ChatBody parse(Fields body) {
        String model = GenerationFields.model(body);
        body.refuse(NOT_YET);
        GenerationFields.checkOthers(body);
        if (!List.of("text").containsAll(body.list("modalities"))) throw body.unsupported("modalities");
        Tools tools = Tools.parse(body);
        Reasoning reasoning = Reasoning.parse(body);
        ChatRequest request = new ChatRequest(
                model,
                new ChatMessages().parse(body),
                tools.offered(),
                tools.choice(),
                reasoning.think(),
                reasoning.variables(),
                AnswerForms.parse(body, ResponseFormat.parse(body), reasoning.tokens()),
                options(body),
                Optional.empty());
        boolean stream = body.flag("stream", false);
        return new ChatBody(request, GenerationFields.choices(body), stream, GenerationFields.usage(body, stream));
    }

    private static Options options(Fields body) {
        Optional<Long> most = body.integer("max_tokens", 1, Integer.MAX_VALUE);
        return GenerationFields.options(
                body,
                body.integer("max_completion_tokens", 1, Integer.MAX_VALUE).or(() -> most));
    }

    /** What opens each of the answers. */
    List<Supplier<EventStream>> calls(InferenceService inference, Asker asker) {
        return IntStream.range(0, choices)
                .mapToObj(index -> (Supplier<EventStream>) () -> inference.chat(ofChoice(index), asker))
                .toList();
    }

    private ChatRequest ofChoice(int index) {
        return new ChatRequest(
                request.model(),
                request.messages(),
                request.tools(),
                request.toolChoice(),
                request.think(),
                request.variables(),
                request.form(),
                GenerationFields.ofChoice(request.options(), index),
                request.keepAlive());
    }
}
