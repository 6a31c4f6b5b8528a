package dev.paddock.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.CacheStatus;
import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.RunnerStatus;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Capability;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.ModelStore;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.OutputParser;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.PromptPath;
import dev.paddock.api.prompt.PromptPaths;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.prompt.ToolCall;
import dev.paddock.api.scheduler.Resident;
import dev.paddock.api.scheduler.Scheduler;
import dev.paddock.dialect.kit.TestServer;
import dev.paddock.testkit.FakeEngine;
import dev.paddock.testkit.FakeStore;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class TemplatesApiTest {
    private static final String HI = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]%s}";

    private final FakeStore store = FakeStore.with("m");
    private final List<PromptInput> inputs = new ArrayList<>();
    private final List<Boolean> withTools = new ArrayList<>();
    private final TemplatesApi api = new TemplatesApi();
    private TestServer server;

    /** A format that says to templates what it was asked to prepare. */
    private static final class Marking implements ChatFormat {
        @Override
        public String name() {
            return "marking";
        }

        @Override
        public boolean accepts(ModelSigns signs) {
            return true;
        }

        @Override
        public Set<Capability> capabilities(ModelSigns signs) {
            return Set.of();
        }

        @Override
        public OutputParser parser(AnswerStart start) {
            throw new UnsupportedOperationException();
        }

        @Override
        public PromptInput prepare(ModelSigns signs, PromptInput input) {
            return input.tools().isEmpty() ? input : input.with(List.of(new Message(Role.USER, "prepared")), List.of());
        }
    }

    @BeforeEach
    void start() throws Exception {
        api.store = store;
        api.scheduler = ScriptedBackends.stub(Scheduler.class, Map.of("residents", List.of()));
        api.paths = ScriptedBackends.stub(PromptPaths.class, (_, arguments) -> path(arguments));
        api.renderer = (template, input) -> {
            inputs.add(input);
            return "prompt of " + input.messages().getLast().content() + "\n";
        };
        server = new TestServer().with(api, TemplatesApi.ROOT + "*").start();
    }

    private PromptPath path(Object... arguments) {
        withTools.add((Boolean) arguments[1]);
        var signs = ModelSigns.of(((StoredModel) arguments[0]).template().orElseThrow());
        return new PromptPath(signs, PromptPath.Origin.GGUF, "the file's", new Marking());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> render(String body) throws Exception {
        return server.send("POST", "/api/templates/render", body);
    }

    @Test
    void thePromptComesWithWhereItsTemplateIsFrom() throws Exception {
        var answer = render(HI.formatted(",\"think\":\"high\",\"stream\":true"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"model\":\"m:latest\",\"prompt\":\"prompt of Hi\\n\",\"language\":\"jinja\","
                        + "\"origin\":\"gguf\",\"why\":\"the file's\",\"format\":\"marking\"}");
        assertThat(answer.headers().firstValue("X-Paddock-Ignored")).contains("stream");
        assertThat(inputs.getFirst().think()).isEqualTo(Think.HIGH);
        assertThat(withTools).containsExactly(false);
    }

    @Test
    void messagesMayBeInEitherForm() throws Exception {
        var answer = render("""
                {"model":"m","messages":[
                 {"role":"developer","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]},
                 {"role":"assistant","content":null,"reasoning_content":"hm","tool_calls":[
                   {"id":"c1","type":"function","function":{"name":"f","arguments":"{\\"x\\":1}"}},
                   {"function":{"index":1,"name":"g","arguments":{"y":2.0}}}]},
                 {"role":"tool","tool_call_id":"c1","content":"r1"},
                 {"role":"tool","tool_name":"g","content":"r2"},
                 {"role":"assistant","thinking":"so","content":"done","refusal":null}]}""");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var calls = List.of(new ToolCall("c1", "f", Map.of("x", 1)), new ToolCall("", "g", Map.of("y", 2.0)));
        assertThat(inputs.getFirst().messages())
                .containsExactly(
                        new Message(Role.SYSTEM, "a\nb"),
                        new Message(Role.ASSISTANT, "", "hm", calls, "", ""),
                        new Message(Role.TOOL, "r1", "", List.of(), "f", "c1"),
                        new Message(Role.TOOL, "r2", "", List.of(), "g", ""),
                        new Message(Role.ASSISTANT, "done", "so", List.of(), "", ""));
    }

    @Test
    void theFormatHasItsSayWhenToolsAreOffered() throws Exception {
        var answer = render(HI.formatted(",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]"));
        assertThat(answer.body()).contains("prompt of prepared");
        assertThat(withTools).containsExactly(true);
    }

    @Test
    void theTextsOfBeginAndEndAreTheFiles() throws Exception {
        api.store = ScriptedBackends.stub(ModelStore.class, (method, arguments) -> switch (method) {
            case "find" -> store.find((ModelName) arguments[0]);
            case "metadata" ->
                Map.of(
                        "tokenizer.ggml.model",
                        "llama",
                        "tokenizer.ggml.tokens",
                        List.of("<unk>", "<s>", "</s>", "<|end|>"),
                        "tokenizer.ggml.eos_token_id",
                        3L);
            default -> throw new UnsupportedOperationException(method);
        });
        assertThat(render(HI.formatted("")).statusCode()).isEqualTo(200);
        assertThat(inputs.getFirst().bosToken()).isEqualTo("<s>");
        assertThat(inputs.getFirst().eosToken()).isEqualTo("<|end|>");
    }

    @Test
    void theTextsOfBeginAndEndAreTheRunnersWhenThereIsOne() throws Exception {
        var facts = new FakeEngine()
                .load(new LoadOrder("m", Path.of("m"), "", 512, 0, 1, 1))
                .facts();
        var status = new RunnerStatus(0, 0, 0, 0, CacheStatus.EMPTY);
        var resident = new Resident(FakeStore.model("m"), facts, status, 0, Optional.empty(), false);
        api.scheduler = ScriptedBackends.stub(Scheduler.class, Map.of("residents", List.of(resident)));
        assertThat(render(HI.formatted("")).statusCode()).isEqualTo(200);
        assertThat(inputs.getFirst().bosToken()).isEqualTo("<s>");
        assertThat(inputs.getFirst().eosToken()).isEqualTo("</s>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "`{}`; 400; \\\"model\\\" is needed",
                "`{\"model\":\"none\",\"messages\":[{\"role\":\"user\"}]}`; 404; model 'none' not found",
                "`{\"model\":\"m\"}`; 400; at least one message",
                "`{\"model\":\"m\",\"messages\":[{\"role\":\"judge\"}]}`; 400; messages[0].role",
                "`{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":7}]}`; 400; messages[0].content",
                "`{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\"}]}]}`; 400; [0].type",
                "`{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"images\":[\"x\"]}]}`; 400; not supported",
                "`{\"model\":\"m\",\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}]}]}`; 400; arguments",
                "`{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}],\"think\":\"loud\"}`; 400; think",
                "`{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}],\"tools\":[{}]}`; 400; tools[0].function",
                "`[]`; 400; JSON"
            })
    void whatIsWrongIsSaidByName(String body, int status, String words) throws Exception {
        var answer = render(body);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(words);
    }

    @Test
    void whatATemplateRefusesAndWhatIsNotThereHasItsStatus() throws Exception {
        api.renderer = (template, input) -> {
            throw new PaddockException(Fault.INVALID_REQUEST, "roles must alternate");
        };
        assertThat(render(HI.formatted("")).body()).isEqualTo("{\"error\":\"roles must alternate\"}");
        api.paths = null;
        assertThat(render(HI.formatted("")).statusCode()).isEqualTo(503);
        assertThat(server.get("/api/templates/render").statusCode()).isEqualTo(405);
        assertThat(server.get("/api/templates/none").statusCode()).isEqualTo(404);
    }
}
