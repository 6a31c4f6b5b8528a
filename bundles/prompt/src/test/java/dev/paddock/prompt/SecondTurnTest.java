package dev.paddock.prompt;

import static dev.paddock.prompt.RealTemplate.WEATHER;
import static dev.paddock.prompt.RealTemplate.call;
import static dev.paddock.prompt.RealTemplate.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The second turn of conversations with tools, by 92 real templates: nothing fails, and all that was said is in the prompt.
 * Many of them refuse or lose some of it when messages are not put as they read them.
 */
class SecondTurnTest {
    private static final Message SYSTEM = new Message(Role.SYSTEM, "Be kind.");
    private static final Message USER = new Message(Role.USER, "What is the weather?");

    private static void everyTemplateWritesAllOf(Message... messages) {
        List<String> problems = new ArrayList<>();
        var templates = RealTemplate.all();
        for (var template : templates) problem(template, messages).forEach(problems::add);
        assertThat(problems).isEmpty();
        assertThat(templates).hasSize(92);
    }

    private static List<String> problem(RealTemplate template, Message... messages) {
        String prompt = template.prompt(List.of(WEATHER), messages);
        List<String> problems = new ArrayList<>();
        for (var message : messages) {
            if (!prompt.contains(message.content())) problems.add(template.name() + " loses " + message.content());
            for (var call : message.toolCalls()) {
                String city = (String) call.arguments().get("city");
                if (!prompt.contains(call.name()) || !prompt.contains(city)) problems.add(template.name() + city);
            }
        }
        // An object that the template took for text.
        if (prompt.contains("{'city': 'P")) problems.add(template.name() + " prints an object as Python does");
        if (prompt.contains("\\\"city\\\"")) problems.add(template.name() + " writes JSON in JSON");
        return problems;
    }

    @Test
    void aCallAndItsResult() {
        everyTemplateWritesAllOf(SYSTEM, USER, call("call_1", "", "Paris"), result("call_1", "Sunny today"));
    }

    @Test
    void aCallBehindContent() {
        everyTemplateWritesAllOf(
                SYSTEM, USER, call("call_1", "I look it up.", "Paris"), result("call_1", "Sunny today"));
    }

    @Test
    void twoCallsAtOnce() {
        everyTemplateWritesAllOf(
                SYSTEM,
                USER,
                call("call_1", "", "Paris", "London"),
                result("call_1", "Sunny today"),
                result("call_16", "Rainy today"));
    }

    @Test
    void aConversationThatGoesOn() {
        everyTemplateWritesAllOf(
                USER,
                call("call_1", "", "Paris"),
                result("call_1", "Sunny today"),
                new Message(Role.ASSISTANT, "It is sunny."),
                new Message(Role.SYSTEM, "Speak like a pirate."),
                new Message(Role.USER, "And in London?"));
    }

    /** The templates of DeepSeek R1 and V3 and of Functionary 3.2 join arguments as text; an object is an error there. */
    @Test
    void argumentsAreTextWhereTheTemplateJoinsThem() {
        for (String name : List.of(
                "llama.cpp/deepseek-ai-DeepSeek-R1-Distill-Llama-8B", "llama.cpp/meetkai-functionary-medium-v3.2")) {
            assertThat(RealTemplate.named(name)
                            .prompt(List.of(WEATHER), USER, call("call_1", "", "Paris"), result("call_1", "Sunny")))
                    .contains("{\"city\": \"Paris\", \"days\": 2}");
        }
    }

    @Test
    void idsHaveTheFormThatTheTemplateInsistsOn() {
        assertThat(RealTemplate.named("llama.cpp/mistralai-Mistral-Nemo-Instruct-2407")
                        .prompt(List.of(WEATHER), USER, call("call_1", "", "Paris"), result("call_1", "Sunny")))
                .containsPattern("\"id\": \"[a-z0-9]{9}\"");
    }
}
