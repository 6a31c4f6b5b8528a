package dev.paddock.itest.clients;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.errors.NotFoundException;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.TextBlock;
import com.anthropic.models.messages.ThinkingBlock;
import com.anthropic.models.messages.ThinkingConfigDisabled;
import com.anthropic.models.messages.ThinkingConfigEnabled;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import dev.paddock.itest.conformance.Api;
import dev.paddock.itest.conformance.RealClient;
import dev.paddock.itest.conformance.Trait;
import dev.paddock.itest.e2e.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Anthropic's own client for Java. */
@RealClient(
        value = "com.anthropic:anthropic-java",
        api = Api.ANTHROPIC_MESSAGES,
        vectors = Api.ANTHROPIC_MESSAGES,
        absent = Trait.EMBEDDINGS,
        because = "Anthropic's API has no vectors")
class AnthropicJavaTest extends ClientContract {
    private static final int TOKENS = 2000;
    private static final int BUDGET = 1024;
    private static final JsonValue NUMBER = JsonValue.from(Map.of("type", "number"));

    private final AnthropicClient client;

    AnthropicJavaTest(Server server) {
        super(server);
        client = AnthropicOkHttpClient.builder()
                .baseUrl(server.address())
                .apiKey("unused")
                .maxRetries(0)
                .build();
    }

    /** What the input of a call is read into. */
    public record Numbers(int a, int b) {}

    /** The client has no word for the temperature any more, but for fields that it does not know. */
    private static MessageCreateParams.Builder asking(String model, List<Turn> turns) {
        var asking = MessageCreateParams.builder()
                .model(model)
                .maxTokens(TOKENS)
                .putAdditionalBodyProperty("temperature", JsonValue.from(0));
        for (Turn turn : turns)
            switch (turn.role()) {
                case "system" -> asking.system(turn.content());
                case "assistant" -> asking.addAssistantMessage(turn.content());
                default -> asking.addUserMessage(turn.content());
            }
        return asking;
    }

    private static MessageCreateParams.Builder asking(String question) {
        return asking(STARTER, List.of(Turn.user(question)));
    }

    private Message answer(MessageCreateParams.Builder asking) {
        return client.messages().create(asking.build());
    }

    /** The texts of all blocks of a kind. */
    private static <B> String joined(
            Message message, Function<ContentBlock, Optional<B>> kind, Function<B, String> text) {
        return message.content().stream()
                .flatMap(block -> kind.apply(block).stream())
                .map(text)
                .collect(Collectors.joining());
    }

    private static String text(Message message) {
        return joined(message, ContentBlock::text, TextBlock::text);
    }

    @Override
    protected String chat(String model, List<Turn> turns) {
        return text(answer(asking(model, turns)));
    }

    @Override
    protected void stream(String model, List<Turn> turns, Predicate<String> goOn) {
        try (var answer = client.messages().createStreaming(asking(model, turns).build())) {
            for (var events = answer.stream().iterator(); events.hasNext(); ) {
                var piece = events.next().contentBlockDelta().flatMap(more -> more.delta()
                        .text());
                if (piece.isPresent() && !goOn.test(piece.get().text())) return;
            }
        }
    }

    @Override
    protected String callTool(String question, Adder adder) {
        var asking = asking(question).addTool(add());
        Message offered = answer(asking);
        asking.addMessage(offered);
        List<ContentBlockParam> results = new ArrayList<>();
        for (ContentBlock block : offered.content())
            block.toolUse().ifPresent(call -> results.add(ContentBlockParam.ofToolResult(result(call, adder))));
        return text(answer(asking.addUserMessageOfContentBlockParams(results)));
    }

    private static ToolResultBlockParam result(ToolUseBlock call, Adder adder) {
        Numbers numbers = call._input().convert(Numbers.class);
        return ToolResultBlockParam.builder()
                .toolUseId(call.id())
                .content(adder.add(numbers.a(), numbers.b()))
                .build();
    }

    private static Tool add() {
        var properties = Tool.InputSchema.Properties.builder()
                .putAdditionalProperty("a", NUMBER)
                .putAdditionalProperty("b", NUMBER)
                .build();
        return Tool.builder()
                .name("add")
                .description("Add two numbers")
                .inputSchema(Tool.InputSchema.builder()
                        .properties(properties)
                        .required(List.of("a", "b"))
                        .build())
                .build();
    }

    @Override
    protected Person person(String question) {
        var asked = asking(question).outputConfig(Person.class).build();
        return client.messages().create(asked).content().stream()
                .flatMap(block -> block.text().stream())
                .map(block -> block.text())
                .findFirst()
                .orElseThrow();
    }

    @Override
    protected Thought think(String question, boolean wanted) {
        var asking = asking(question);
        if (wanted)
            asking.thinking(ThinkingConfigEnabled.builder().budgetTokens(BUDGET).build());
        else asking.thinking(ThinkingConfigDisabled.builder().build());
        Message said = answer(asking);
        return new Thought(joined(said, ContentBlock::thinking, ThinkingBlock::thinking), text(said));
    }

    @Override
    protected Class<? extends Throwable> unknownModel() {
        return NotFoundException.class;
    }
}
