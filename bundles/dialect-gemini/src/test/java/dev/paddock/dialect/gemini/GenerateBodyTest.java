package dev.paddock.dialect.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.AnswerFormat;
import dev.paddock.api.inference.ChatRequest;
import dev.paddock.api.model.Option;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.prompt.ToolCall;
import dev.paddock.api.prompt.ToolChoice;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerateBodyTest {
    private static final String HI = "\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}]";

    private Fields fields;

    private GenerateBody parse(String json) {
        fields = Fields.protobuf(Json.parseObject(json).orElseThrow());
        return GenerateBody.parse(fields, "tiny");
    }

    private ChatRequest with(String more) {
        return parse("{" + HI + "," + more + "}").request();
    }

    private ChatRequest config(String more) {
        return with("\"generationConfig\":{" + more + "}");
    }

    @Test
    void aConversationWithCallsIsUnderstood() {
        var request = parse("""
                {"systemInstruction":{"role":"system","parts":[{"text":"Be "},{"text":"kind."}]},
                 "contents":[
                   {"role":"user","parts":[{"text":"a"},{"text":"b"}]},
                   {"role":"model","parts":[{"text":"hm","thought":true},{"text":"I look.","thoughtSignature":"s"},
                     {"functionCall":{"name":"add","args":{"a":1}}},
                     {"functionCall":{"id":"x9","name":"now"}}]},
                   {"role":"user","parts":[{"functionResponse":{"name":"add","response":{"result":2}}},
                     {"functionResponse":{"id":"x9","name":"now","response":{}}}]}],
                 "tools":[{"functionDeclarations":[
                   {"name":"add","description":"Adds.","parameters":{"type":"OBJECT","properties":{"a":{"type":"NUMBER"}}}},
                   {"name":"now"},
                   {"name":"own","parametersJsonSchema":{"type":"object"}}]}],
                 "safetySettings":[{"category":"X"}],"unheard":1}
                """).request();
        assertThat(request.messages())
                .containsExactly(
                        new Message(Role.SYSTEM, "Be kind."),
                        new Message(Role.USER, "ab"),
                        new Message(
                                Role.ASSISTANT,
                                "I look.",
                                "hm",
                                List.of(
                                        new ToolCall("call_1", "add", Map.of("a", 1)),
                                        new ToolCall("x9", "now", Map.of())),
                                "",
                                ""),
                        new Message(Role.TOOL, "{\"result\":2}", "", List.of(), "add", "call_1"),
                        new Message(Role.TOOL, "{}", "", List.of(), "now", "x9"));
        assertThat(request.tools())
                .extracting(tool -> tool.definition().get("function").toString())
                .containsExactly(
                        "{name=add, description=Adds., parameters={type=object, properties={a={type=number}}}}",
                        "{name=now, parameters={type=object, properties={}}}",
                        "{name=own, parameters={type=object}}");
        assertThat(fields.unread()).containsExactly("unheard");
    }

    @Test
    void namesMayBeInSnakeCase() {
        var request = parse("""
                {"system_instruction":{"parts":[{"text":"Be kind."}]},
                 "contents":[{"role":"model","parts":[{"function_call":{"name":"f","args":{"a_b":1}}}]},
                   {"role":"user","parts":[{"function_response":{"name":"f","response":{"c_d":2}}}]}],
                 "generation_config":{"max_output_tokens":9,"top_k":3.0,"stop_sequences":["x"],
                   "response_mime_type":"application/json"},
                 "tool_config":{"function_calling_config":{"mode":"any","allowed_function_names":["f"]}},
                 "tools":[{"function_declarations":[{"name":"f"}]}]}
                """).request();
        assertThat(request.messages().getFirst().role()).isEqualTo(Role.SYSTEM);
        assertThat(request.messages().get(1).toolCalls().getFirst().arguments()).containsEntry("a_b", 1);
        assertThat(request.messages().get(2).content()).isEqualTo("{\"c_d\":2}");
        assertThat(request.options().values())
                .isEqualTo(Map.of(Option.NUM_PREDICT, 9L, Option.TOP_K, 3L, Option.STOP, List.of("x")));
        assertThat(request.form().format()).contains(new AnswerFormat.JsonObject());
        assertThat(request.toolChoice()).isEqualTo(new ToolChoice(ToolChoice.Mode.REQUIRED, List.of("f"), true, false));
        assertThat(fields.unread()).isEmpty();
    }

    @Test
    void samplingIsPassedOn() {
        var request = config("\"temperature\":0.5,\"topP\":0.25,\"seed\":7,\"presencePenalty\":1,"
                + "\"frequencyPenalty\":-1,\"candidateCount\":1,\"responseLogprobs\":true,\"logprobs\":2");
        assertThat(request.options().values())
                .isEqualTo(Map.of(
                        Option.TEMPERATURE, 0.5,
                        Option.TOP_P, 0.25,
                        Option.SEED, 7L,
                        Option.PRESENCE_PENALTY, 1.0,
                        Option.FREQUENCY_PENALTY, -1.0));
        assertThat(request.form().logprobs()).isEqualTo(2);
    }

    @Test
    void schemasOfBothKindsAreHeldTo() {
        assertThat(config("\"responseMimeType\":\"application/json\",\"responseSchema\":{\"type\":\"STRING\"}")
                        .form()
                        .format())
                .contains(new AnswerFormat.Schema(Map.of("type", "string"), false, "generationConfig.responseSchema"));
        assertThat(config("\"responseMimeType\":\"application/json\",\"responseJsonSchema\":{\"type\":\"object\"}")
                        .form()
                        .format())
                .contains(new AnswerFormat.Schema(
                        Map.of("type", "object"), false, "generationConfig.responseJsonSchema"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"topK\":3 | UNSET | false | -1",
                "\"thinkingConfig\":{\"includeThoughts\":true} | ON | true | -1",
                "\"thinkingConfig\":{\"thinkingBudget\":0} | OFF | false | -1",
                "\"thinkingConfig\":{\"thinkingBudget\":-1} | UNSET | false | -1",
                "\"thinkingConfig\":{\"thinkingBudget\":64,\"includeThoughts\":true} | ON | true | 64",
                "\"thinkingConfig\":{\"thinkingLevel\":\"HIGH\"} | HIGH | false | -1",
            })
    void thoughtsAreAskedForAsTheRequestSays(String more, Think think, boolean shown, int tokens) {
        var body = parse("{" + HI + ",\"generationConfig\":{" + more + "}}");
        assertThat(body.request().think()).isEqualTo(think);
        assertThat(body.showsThoughts()).isEqualTo(shown);
        assertThat(body.request().form().thoughtTokens().orElse(-1)).isEqualTo(tokens);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | \"contents\" must be a list of at least one content",
                "{\"contents\":[{}]} | \"contents[0].parts\" must be a list of at least one part",
                "{\"contents\":[{\"role\":\"x\",\"parts\":[{\"text\":\"\"}]}]} | \"contents[0].role\" must be user or model",
                "{\"contents\":[{\"parts\":[{\"inlineData\":{}}]}]} | \"contents[0].parts[0].inlineData\" is not supported",
                "{\"contents\":[{\"parts\":[{}]}]} | \"contents[0].parts[0].text\" must be a string",
                "{\"contents\":[{\"role\":\"model\",\"parts\":[{\"functionCall\":{}}]}]} | functionCall.name\" must be",
            })
    void contentsThatCannotBeReadAreNamed(String body, String why) {
        assertThatThrownBy(() -> parse(body))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"tools\":[{\"googleSearch\":{}}] | \"tools[0].googleSearch\" is not supported",
                "\"tools\":[{\"code_execution\":{}}] | \"tools[0].codeExecution\" is not supported",
                "\"cachedContent\":\"x\" | \"cachedContent\" is not supported",
                "\"generationConfig\":{\"candidateCount\":2} | \"generationConfig.candidateCount\" is not supported",
                "\"generationConfig\":{\"responseModalities\":[\"IMAGE\"]} | responseModalities\" is not supported",
                "\"generationConfig\":{\"responseMimeType\":\"text/x\"} | responseMimeType\" must be text/plain or",
                "\"generationConfig\":{\"logprobs\":2} | needs \"responseLogprobs\" to be true",
                "\"generationConfig\":{\"thinkingConfig\":{\"thinkingLevel\":\"x\"}} | thinkingLevel\" must be MINIMAL",
                "\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\"x\"}} | mode\" must be AUTO, ANY",
            })
    void fieldsThatCannotBeHonouredAreNamed(String more, String why) {
        assertThatThrownBy(() -> with(more))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining(why);
    }
}
