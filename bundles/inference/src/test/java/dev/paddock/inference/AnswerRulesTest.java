package dev.paddock.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.inference.AnswerForm;
import dev.paddock.api.inference.AnswerFormat;
import dev.paddock.api.inference.ChatEvent;
import dev.paddock.api.inference.ChatRequest;
import dev.paddock.api.inference.CompletionRequest;
import dev.paddock.api.inference.EventStream;
import dev.paddock.api.model.Capability;
import dev.paddock.api.model.Options;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.prompt.Tool;
import dev.paddock.api.prompt.ToolChoice;
import dev.paddock.api.security.Asker;
import dev.paddock.testkit.FakeStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What answers are held to, by the form that is asked for and by the choice of tools. */
class AnswerRulesTest {
    private static final ToolChoice REQUIRED = new ToolChoice(ToolChoice.Mode.REQUIRED, List.of(), true, false);
    private static final ToolChoice STRICT = new ToolChoice(ToolChoice.Mode.AUTO, List.of(), true, true);
    private static final ToolChoice SINGLE = new ToolChoice(ToolChoice.Mode.AUTO, List.of(), false, false);
    private static final AnswerFormat JSON = new AnswerFormat.JsonObject();
    private static final AnswerFormat OWN = new AnswerFormat.Grammar("root ::= [a-z]+");

    private final Desk desk = new Desk();
    private Recorder model;

    @BeforeEach
    void theModelThinksAndCalls() {
        desk.format = TagFormat.FULL;
        desk.engine.answer("<think>hello</think>");
        desk.wrap = loaded -> model = new Recorder(loaded, 1);
    }

    private static AnswerFormat schema(boolean strict, String... keywords) {
        Map<String, Object> schema = new TreeMap<>();
        for (String keyword : keywords) schema.put(keyword, 1);
        return new AnswerFormat.Schema(schema, strict, "format");
    }

    private EventStream ask(ToolChoice choice, AnswerFormat format, Tool... tools) {
        return ask(choice, new AnswerForm(Optional.ofNullable(format), -1, Optional.empty()), tools);
    }

    private EventStream ask(ToolChoice choice, AnswerForm form, Tool... tools) {
        var messages = List.of(new Message(Role.USER, "Hi"));
        var request = new ChatRequest(
                "m", messages, List.of(tools), choice, Think.UNSET, Map.of(), form, Options.NONE, Optional.empty());
        var stream = desk.inference.chat(request, Asker.LOCAL);
        LeasedInferenceTest.drain(stream);
        return stream;
    }

    private static Tool tool(String name) {
        return new Tool(name, Map.of("function", Map.of("name", name)));
    }

    private String grammar() {
        return order().grammar().orElse("");
    }

    private GenerationOrder order() {
        return model.orders.getLast();
    }

    @Test
    void anAnswerWithoutAFormIsFree() {
        assertThat(ask(ToolChoice.AUTO, (AnswerFormat) null, tool("f")).notes()).isEmpty();
        assertThat(order().grammar()).isEmpty();
    }

    @Test
    void theFormOfTheContentStandsBehindThoughts() {
        ask(ToolChoice.AUTO, JSON);
        assertThat(grammar()).isEqualTo("object-0 ::= {}\nthinking-1 ::= thought object-0\nroot ::= thinking-1");
        ask(ToolChoice.AUTO, schema(false, "type"));
        assertThat(grammar()).startsWith("schema-0 ::= {type=1}\n").endsWith("root ::= thinking-1");
        ask(ToolChoice.AUTO, OWN);
        assertThat(grammar()).isEqualTo("root ::= [a-z]+");
    }

    @Test
    void whatASchemaCannotBeHeldToIsNotedOrRefusedBeforeAModelIsLoaded() {
        assertThat(ask(ToolChoice.AUTO, schema(false, "odd")).notes()).containsExactly("format.odd is left out");
        int leased = desk.leases.size();
        LeasedInferenceTest.fails(
                Fault.INVALID_REQUEST, "format.odd cannot be held to", () -> ask(ToolChoice.AUTO, schema(true, "odd")));
        assertThat(desk.leases).hasSize(leased);
    }

    @Test
    void aRequiredCallIsAllThatMayBeSaid() {
        assertThat(ask(REQUIRED, (AnswerFormat) null, tool("f")).notes()).isEmpty();
        assertThat(grammar()).startsWith("call-0 ::= REQUIRED [] true\n").endsWith("root ::= thinking-1");
        var named = new ToolChoice(ToolChoice.Mode.REQUIRED, List.of("g"), false, false);
        ask(named, (AnswerFormat) null, tool("f"), tool("g"));
        assertThat(grammar()).startsWith("call-0 ::= REQUIRED [g] false\n");
        assertThat(desk.rendered.getLast().tools()).hasSize(2);
        assertThat(ask(REQUIRED, JSON, tool("f")).notes())
                .containsExactly("the form of the content has no effect, since a call is required");
    }

    @Test
    void whereContentHasAFormACallMayComeInItsPlace() {
        assertThat(ask(ToolChoice.AUTO, JSON, tool("f")).notes()).isEmpty();
        assertThat(grammar())
                .contains("thinking-1 ::= thought object-0", "thinking-3 ::= thought call-2")
                .endsWith("answer-4 ::= thinking-1 | thinking-3\nroot ::= answer-4");
        desk.format = new TagFormat(false, true, false);
        assertThat(ask(ToolChoice.AUTO, JSON, tool("f")).notes())
                .containsExactly("no tool can be called, since the content has a form: calls of the model's format,"
                        + " tag, cannot be written as a grammar");
        assertThat(grammar()).endsWith("root ::= thinking-1");
    }

    @Test
    void strictAndSingleCallsAreHeldOnceTheyBegin() {
        ask(STRICT, (AnswerFormat) null, tool("f"));
        assertThat(grammar()).startsWith("call-0 ::= AUTO [] true\n");
        ask(SINGLE, (AnswerFormat) null, tool("f"));
        assertThat(grammar()).startsWith("call-0 ::= AUTO [] false\n");
        assertThat(ask(STRICT, (AnswerFormat) null).notes()).isEmpty();
        assertThat(order().grammar()).as("no tools, no calls").isEmpty();
    }

    @Test
    void aFormatThatCannotHoldCallsSaysSoOrIsRefused() {
        desk.format = new TagFormat(false, true, false);
        assertThat(ask(STRICT, (AnswerFormat) null, tool("f")).notes())
                .containsExactly("\"strict\" of tools has no effect: calls of the model's format, tag, cannot be"
                        + " written as a grammar");
        assertThat(ask(SINGLE, (AnswerFormat) null, tool("f")).notes())
                .singleElement()
                .asString()
                .startsWith("\"parallel_tool_calls\": false has no effect");
        LeasedInferenceTest.fails(
                Fault.UNSUPPORTED,
                "a call cannot be required of m:latest",
                () -> ask(REQUIRED, (AnswerFormat) null, tool("f")));
        assertThat(desk.open).hasValue(0);
    }

    @Test
    void theRequestsOwnGrammarHoldsAloneAndSaysSo() {
        assertThat(ask(STRICT, OWN, tool("f")).notes())
                .containsExactly("calls are held to nothing but the request's own grammar");
        assertThat(ask(ToolChoice.AUTO, OWN, tool("f")).notes()).isEmpty();
        LeasedInferenceTest.fails(Fault.INVALID_REQUEST, "exclude each other", () -> ask(REQUIRED, OWN, tool("f")));
        LeasedInferenceTest.fails(
                Fault.TOO_LARGE,
                "the grammar has 262145 characters; at most 262144 are allowed",
                () -> ask(ToolChoice.AUTO, new AnswerFormat.Grammar("a".repeat(262_145))));
    }

    @Test
    void aChoiceAmongToolsThatAreNotThereIsRefused() {
        var named = new ToolChoice(ToolChoice.Mode.REQUIRED, List.of("x"), true, false);
        LeasedInferenceTest.fails(
                Fault.INVALID_REQUEST,
                "tool_choice: \"x\" is not one of the tools on offer: f, g",
                () -> ask(named, (AnswerFormat) null, tool("f"), tool("g")));
        LeasedInferenceTest.fails(
                Fault.INVALID_REQUEST, "there are no tools", () -> ask(REQUIRED, (AnswerFormat) null));
        assertThat(desk.leases).isEmpty();
    }

    @Test
    void toolsThatMustNotBeCalledAreNotMentioned() {
        ask(ToolChoice.NONE, (AnswerFormat) null, tool("f"));
        assertThat(desk.rendered.getLast().tools()).isEmpty();
        var some = new ToolChoice(ToolChoice.Mode.AUTO, List.of("g"), true, false);
        ask(some, (AnswerFormat) null, tool("f"), tool("g"));
        assertThat(desk.rendered.getLast().tools()).extracting(Tool::name).containsExactly("g");
    }

    @Test
    void marksThatAreControlTokensOfTheModelAreShown() {
        ask(ToolChoice.AUTO, (AnswerFormat) null);
        assertThat(order().shown()).containsExactly("<|im_start|>");
    }

    @Test
    void aRawPromptIsHeldToItsFormWithoutThoughts() {
        var form = new AnswerForm(Optional.of(JSON), OptionalInt.of(5), -1, Optional.empty(), Optional.empty());
        var request = new CompletionRequest(
                "m", "x", Optional.empty(), true, List.of(), Think.UNSET, form, Options.NONE, Optional.empty());
        var stream = desk.inference.complete(request, Asker.LOCAL);
        LeasedInferenceTest.drain(stream);
        assertThat(grammar()).isEqualTo("object-0 ::= {}\nroot ::= object-0");
        assertThat(stream.notes())
                .containsExactly(
                        "the limit of thoughts has no effect: the format of the answer, raw, knows no thoughts");
    }

    @Test
    void aRequiredCallThatCannotComeBehindAnEndedThoughtLeavesThoughtsWithoutLimit() {
        desk.format = new TagFormat(true, true, false, false);
        var limited = new AnswerForm(Optional.empty(), OptionalInt.of(2), -1, Optional.empty(), Optional.empty());
        assertThat(ask(REQUIRED, limited, tool("f")).notes())
                .containsExactly("the limit of thoughts has no effect: the format of the answer, tag, has no call"
                        + " behind thoughts that were ended");
    }

    @Test
    void whetherTheModelThinksFirstIsItsOwnChoice() {
        desk.engine.answer("Once upon a time there was a model");
        var stream = ask(ToolChoice.AUTO, JSON);
        assertThat(stream.notes()).isEmpty();
        assertThat(model.orders).hasSize(2);
        assertThat(model.orders.getFirst().grammar()).isEmpty();
        assertThat(model.orders.getFirst().ending().maxTokens()).isEqualTo(16);
        assertThat(grammar()).isEqualTo("object-0 ::= {}\nroot ::= object-0");
        desk.engine.answer("<think>hello</think>");
        ask(REQUIRED, (AnswerFormat) null, tool("f"));
        assertThat(model.orders).hasSize(2);
        assertThat(grammar()).endsWith("root ::= thinking-1");
        ask(STRICT, (AnswerFormat) null, tool("f"));
        assertThat(model.orders).as("a strict call forces nothing").hasSize(1);
    }

    @Test
    void whatWasSaidAboutThinkingIsNotAsked() {
        desk.engine.answer("Once upon a time");
        ask(Think.ON);
        assertThat(model.orders).hasSize(1);
        assertThat(grammar()).endsWith("root ::= thinking-1");
        ask(Think.OFF);
        assertThat(model.orders).hasSize(1);
        assertThat(grammar()).endsWith("root ::= object-0");
        desk.model(Set.of(Capability.COMPLETION), Optional.of(FakeStore.CHATML));
        ask(Think.UNSET);
        assertThat(model.orders).hasSize(1);
        assertThat(grammar()).endsWith("root ::= object-0");
    }

    @Test
    void theAccountIncludesWhatWasLookedAtFirst() {
        desk.engine.answer("Once upon a time");
        var events = ask(Think.UNSET);
        var tally = ((ChatEvent.Done) events.getLast()).usage().tally();
        int prompt = model.orders.getFirst().prompt().length;
        assertThat(tally.promptTokens()).isEqualTo(prompt);
        assertThat(tally.completionTokens()).isEqualTo("Once upon a time".length());
        assertThat(tally.promptTime().toMillis()).isEqualTo(2L * prompt);
        assertThat(desk.engine.running()).isZero();
    }

    private List<ChatEvent> ask(Think think) {
        var messages = List.of(new Message(Role.USER, "Hi"));
        var form = new AnswerForm(Optional.of(JSON), -1, Optional.empty());
        var request = new ChatRequest("m", messages, List.of(), think, form, Options.NONE, Optional.empty());
        return LeasedInferenceTest.drain(desk.inference.chat(request, Asker.LOCAL));
    }

    @Test
    void aLimitOfThoughtsHoldsTheAnswerBehindThemToItsForm() {
        desk.engine.answer(prompt -> prompt.contains("</think>") ? "{}" : "<think>a long thought");
        var form = new AnswerForm(Optional.of(JSON), OptionalInt.of(6), -1, Optional.empty(), Optional.empty());
        assertThat(ask(ToolChoice.AUTO, form).notes()).isEmpty();
        assertThat(model.orders).hasSize(3);
        assertThat(model.orders.get(1).grammar().orElse("")).endsWith("root ::= thinking-1");
        assertThat(grammar()).isEqualTo("object-0 ::= {}\nroot ::= object-0");
        assertThat(model.prompt(2)).endsWith("<think>a long\n</think>\n\n");
        var free = new AnswerForm(Optional.empty(), OptionalInt.of(6), -1, Optional.empty(), Optional.empty());
        assertThat(ask(REQUIRED, free, tool("f")).notes()).isEmpty();
        assertThat(grammar()).startsWith("call-0 ::= REQUIRED").endsWith("root ::= call-0");
        var own = new AnswerForm(Optional.of(OWN), OptionalInt.of(6), -1, Optional.empty(), Optional.empty());
        assertThat(ask(ToolChoice.AUTO, own).notes())
                .containsExactly("the limit of thoughts has no effect: the request's own grammar holds for them too");
    }
}
