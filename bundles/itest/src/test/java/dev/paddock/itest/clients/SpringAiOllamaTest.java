package dev.paddock.itest.clients;

import dev.paddock.itest.conformance.Api;
import dev.paddock.itest.conformance.RealClient;
import dev.paddock.itest.e2e.Server;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.OllamaEmbeddingModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.ai.ollama.api.OllamaChatOptions;
import org.springframework.ai.ollama.api.OllamaEmbeddingOptions;
import org.springframework.ai.retry.NonTransientAiException;
import org.springframework.ai.tool.function.FunctionToolCallback;

/** Spring AI's model classes for Ollama. */
@RealClient(value = "org.springframework.ai:spring-ai-ollama", api = Api.OLLAMA_CHAT, vectors = Api.OLLAMA_EMBED)
class SpringAiOllamaTest extends ClientContract {
    private static final String ADD = """
            {"type": "object", "properties": {"a": {"type": "number"}, "b": {"type": "number"}}, "required": ["a", "b"]}""";
    private static final String PERSON = """
            {"type": "object", "properties": {"name": {"type": "string"}, "age": {"type": "integer"}},
             "required": ["name", "age"], "additionalProperties": false}""";

    private final OllamaApi api;
    private final OllamaChatModel model;

    SpringAiOllamaTest(Server server) {
        super(server);
        api = OllamaApi.builder().baseUrl(server.address()).build();
        model = OllamaChatModel.builder()
                .ollamaApi(api)
                .options(options(STARTER).build())
                .build();
    }

    /** What the arguments of a call are read into. */
    public record Numbers(int a, int b) {}

    private static OllamaChatOptions.Builder options(String model) {
        return OllamaChatOptions.builder().model(model).temperature(0.0);
    }

    private static Prompt prompt(List<Turn> turns, OllamaChatOptions.Builder options) {
        return new Prompt(turns.stream().map(SpringAiOllamaTest::message).toList(), options.build());
    }

    private static Message message(Turn turn) {
        return switch (turn.role()) {
            case "system" -> new SystemMessage(turn.content());
            case "assistant" -> new AssistantMessage(turn.content());
            default -> new UserMessage(turn.content());
        };
    }

    private AssistantMessage answer(Prompt prompt) {
        return model.call(prompt).getResult().getOutput();
    }

    @Override
    protected String chat(String model, List<Turn> turns) {
        return answer(prompt(turns, options(model))).getText();
    }

    /** Taking no more of the pieces cancels what brings them. */
    @Override
    protected void stream(String model, List<Turn> turns, Predicate<String> goOn) {
        this.model.stream(prompt(turns, options(model)))
                .mapNotNull(piece -> piece.getResult().getOutput().getText())
                .filter(piece -> !piece.isEmpty())
                .takeWhile(goOn)
                .blockLast();
    }

    @Override
    protected String callTool(String question, Adder adder) {
        var add = FunctionToolCallback.<Numbers, String>builder("add", numbers -> adder.add(numbers.a(), numbers.b()))
                .description("Add two numbers")
                .inputType(Numbers.class)
                .inputSchema(ADD)
                .toolCallResultConverter((result, type) -> String.valueOf(result))
                .build();
        var options = options(STARTER);
        options.toolCallbacks(add);
        Prompt asked = prompt(List.of(Turn.user(question)), options);
        var executed = ToolCallingManager.builder().build().executeToolCalls(asked, model.call(asked));
        return answer(new Prompt(executed.conversationHistory(), options.build()))
                .getText();
    }

    @Override
    protected Person person(String question) {
        var options = options(STARTER);
        options.outputSchema(PERSON);
        String json = answer(prompt(List.of(Turn.user(question)), options)).getText();
        return Server.JSON.readValue(json, Person.class);
    }

    @Override
    protected Thought think(String question, boolean wanted) {
        var options = options(STARTER);
        if (wanted) options.enableThinking();
        else options.disableThinking();
        var said = model.call(prompt(List.of(Turn.user(question)), options)).getResult();
        String thoughts = said.getMetadata().get("thinking");
        return new Thought(thoughts == null ? "" : thoughts, said.getOutput().getText());
    }

    @Override
    protected List<float[]> embed(List<String> texts) {
        var embedding = OllamaEmbeddingModel.builder()
                .ollamaApi(api)
                .options(OllamaEmbeddingOptions.builder().model(STARTER).build())
                .build();
        return embedding.embed(texts);
    }

    @Override
    protected Class<? extends Throwable> unknownModel() {
        return NonTransientAiException.class;
    }
}
