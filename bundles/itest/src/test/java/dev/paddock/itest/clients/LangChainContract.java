package dev.paddock.itest.clients;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.paddock.itest.e2e.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** LangChain4j asks every server by the same interfaces; what differs is how its models are built. */
abstract class LangChainContract extends ClientContract {
    private static final int PATIENCE_SECONDS = 60;

    LangChainContract(Server server) {
        super(server);
    }

    /**
     * How a model asks.
     *
     * @param think whether thoughts are asked for; null = not said
     */
    record Asking(String model, Boolean think) {}

    abstract ChatModel model(Asking asking);

    abstract StreamingChatModel streaming(String model);

    abstract EmbeddingModel embedding();

    private static ChatMessage message(Turn turn) {
        return switch (turn.role()) {
            case "system" -> SystemMessage.from(turn.content());
            case "assistant" -> AiMessage.from(turn.content());
            default -> UserMessage.from(turn.content());
        };
    }

    private static List<ChatMessage> messages(List<Turn> turns) {
        return turns.stream().map(LangChainContract::message).toList();
    }

    @Override
    protected final String chat(String model, List<Turn> turns) {
        return model(new Asking(model, null)).chat(messages(turns)).aiMessage().text();
    }

    @Override
    protected final void stream(String model, List<Turn> turns, Predicate<String> goOn) throws Exception {
        var reader = new Reader(goOn);
        streaming(model).chat(messages(turns), reader);
        reader.ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Reads to the end, or cancels. */
    private static final class Reader implements StreamingChatResponseHandler {
        private final Predicate<String> goOn;
        private final CompletableFuture<Void> ended = new CompletableFuture<>();

        Reader(Predicate<String> goOn) {
            this.goOn = goOn;
        }

        @Override
        public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
            if (ended.isDone() || goOn.test(piece.text())) return;
            context.streamingHandle().cancel();
            ended.complete(null);
        }

        @Override
        public void onCompleteResponse(ChatResponse whole) {
            ended.complete(null);
        }

        @Override
        public void onError(Throwable error) {
            ended.completeExceptionally(error);
        }
    }

    @Override
    protected final String callTool(String question, Adder adder) {
        List<ChatMessage> messages = new ArrayList<>(List.of(UserMessage.from(question)));
        AiMessage offered = offer(messages);
        messages.add(offered);
        for (var call : offered.toolExecutionRequests()) {
            var numbers = Server.JSON.readTree(call.arguments());
            String result =
                    adder.add(numbers.path("a").asInt(), numbers.path("b").asInt());
            messages.add(ToolExecutionResultMessage.from(call, result));
        }
        return offer(messages).text();
    }

    private AiMessage offer(List<ChatMessage> messages) {
        var parameters = JsonObjectSchema.builder()
                .addNumberProperty("a")
                .addNumberProperty("b")
                .required("a", "b")
                .build();
        var add = ToolSpecification.builder()
                .name("add")
                .description("Add two numbers")
                .parameters(parameters)
                .build();
        var asked =
                ChatRequest.builder().messages(messages).toolSpecifications(add).build();
        return model(new Asking(STARTER, null)).chat(asked).aiMessage();
    }

    @Override
    protected final Person person(String question) {
        var object = JsonObjectSchema.builder()
                .addStringProperty("name")
                .addIntegerProperty("age")
                .required("name", "age")
                .build();
        var format = ResponseFormat.builder()
                .type(ResponseFormatType.JSON)
                .jsonSchema(
                        JsonSchema.builder().name("person").rootElement(object).build())
                .build();
        var asked = ChatRequest.builder()
                .messages(UserMessage.from(question))
                .responseFormat(format)
                .build();
        String json = model(new Asking(STARTER, null)).chat(asked).aiMessage().text();
        return Server.JSON.readValue(json, Person.class);
    }

    @Override
    protected final Thought think(String question, boolean wanted) {
        AiMessage said = model(new Asking(STARTER, wanted))
                .chat(UserMessage.from(question))
                .aiMessage();
        return new Thought(said.thinking() == null ? "" : said.thinking(), said.text());
    }

    @Override
    protected final List<float[]> embed(List<String> texts) {
        return embedding().embedAll(texts.stream().map(TextSegment::from).toList()).content().stream()
                .map(Embedding::vector)
                .toList();
    }

    @Override
    protected final Class<? extends Throwable> unknownModel() {
        return ModelNotFoundException.class;
    }
}
