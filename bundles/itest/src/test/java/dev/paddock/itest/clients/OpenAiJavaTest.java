package dev.paddock.itest.clients;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.errors.NotFoundException;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.ReasoningEffort;
import com.openai.models.chat.completions.ChatCompletionAssistantMessageParam;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.embeddings.EmbeddingCreateParams;
import dev.paddock.itest.conformance.Api;
import dev.paddock.itest.conformance.RealClient;
import dev.paddock.itest.e2e.Server;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** OpenAI's own client for Java, with chat completions. */
@RealClient(value = "com.openai:openai-java", api = Api.OPENAI_CHAT, vectors = Api.OPENAI_EMBEDDINGS)
class OpenAiJavaTest extends ClientContract {
    private static final Map<String, Object> NUMBER = Map.of("type", "number");

    /** In one order, as the prompt is made of it. */
    private static final Map<String, Object> NUMBERS = new TreeMap<>(Map.of("a", NUMBER, "b", NUMBER));

    private final OpenAIClient client;

    OpenAiJavaTest(Server server) {
        super(server);
        client = OpenAIOkHttpClient.builder()
                .baseUrl(server.address() + "/v1")
                .apiKey("unused")
                .maxRetries(0)
                .build();
    }

    /** What the arguments of a call are read into. */
    public record Numbers(int a, int b) {}

    private static ChatCompletionCreateParams.Builder asking(String model, List<Turn> turns) {
        var asking = ChatCompletionCreateParams.builder().model(model).temperature(0);
        for (Turn turn : turns)
            switch (turn.role()) {
                case "system" -> asking.addSystemMessage(turn.content());
                case "assistant" ->
                    asking.addMessage(ChatCompletionAssistantMessageParam.builder()
                            .content(turn.content())
                            .build());
                default -> asking.addUserMessage(turn.content());
            }
        return asking;
    }

    private ChatCompletionMessage answer(ChatCompletionCreateParams asked) {
        return client.chat().completions().create(asked).choices().getFirst().message();
    }

    @Override
    protected String chat(String model, List<Turn> turns) {
        return answer(asking(model, turns).build()).content().orElseThrow();
    }

    @Override
    protected void stream(String model, List<Turn> turns, Predicate<String> goOn) {
        try (var answer =
                client.chat().completions().createStreaming(asking(model, turns).build())) {
            for (var pieces = answer.stream().iterator(); pieces.hasNext(); )
                for (ChatCompletionChunk.Choice choice : pieces.next().choices()) {
                    var piece = choice.delta().content();
                    if (piece.isPresent() && !goOn.test(piece.get())) return;
                }
        }
    }

    @Override
    protected String callTool(String question, Adder adder) {
        var asking = asking(STARTER, List.of(Turn.user(question))).addTool(add());
        ChatCompletionMessage offered = answer(asking.build());
        asking.addMessage(offered);
        for (var call : offered.toolCalls().orElse(List.of())) {
            var numbers = call.asFunction().function().arguments(Numbers.class);
            asking.addMessage(ChatCompletionToolMessageParam.builder()
                    .toolCallId(call.asFunction().id())
                    .content(adder.add(numbers.a(), numbers.b()))
                    .build());
        }
        return answer(asking.build()).content().orElseThrow();
    }

    private static ChatCompletionFunctionTool add() {
        var parameters = FunctionParameters.builder()
                .putAdditionalProperty("type", JsonValue.from("object"))
                .putAdditionalProperty("properties", JsonValue.from(NUMBERS))
                .putAdditionalProperty("required", JsonValue.from(List.of("a", "b")))
                .build();
        return ChatCompletionFunctionTool.builder()
                .function(FunctionDefinition.builder()
                        .name("add")
                        .description("Add two numbers")
                        .parameters(parameters)
                        .build())
                .build();
    }

    @Override
    protected Person person(String question) {
        var asked = asking(STARTER, List.of(Turn.user(question)))
                .responseFormat(Person.class)
                .build();
        return client.chat()
                .completions()
                .create(asked)
                .choices()
                .getFirst()
                .message()
                .content()
                .orElseThrow();
    }

    /** Thoughts are an addition of the servers': the client has them among the fields that it does not know. */
    @Override
    protected Thought think(String question, boolean wanted) {
        var asking = asking(STARTER, List.of(Turn.user(question)))
                .reasoningEffort(wanted ? ReasoningEffort.HIGH : ReasoningEffort.NONE);
        ChatCompletionMessage said = answer(asking.build());
        JsonValue thoughts = said._additionalProperties().get("reasoning");
        return new Thought(
                thoughts == null ? "" : thoughts.asStringOrThrow(),
                said.content().orElseThrow());
    }

    @Override
    protected List<float[]> embed(List<String> texts) {
        var asked = EmbeddingCreateParams.builder()
                .model(STARTER)
                .inputOfArrayOfStrings(texts)
                .build();
        return client.embeddings().create(asked).data().stream()
                .map(vector -> Floats.of(vector.embedding()))
                .toList();
    }

    @Override
    protected Class<? extends Throwable> unknownModel() {
        return NotFoundException.class;
    }
}
