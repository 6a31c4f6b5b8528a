package dev.paddock.prompt.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.prompt.ReferenceData;
import dev.paddock.prompt.jinja.JinjaTemplate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FamilyTest {
    private static final LocalDateTime NOW = LocalDateTime.of(2026, 1, 15, 14, 5, 9);

    private static Map<String, Object> said(String role, String content) {
        return Map.of("role", role, "content", content);
    }

    private static String render(String template, List<Map<String, Object>> messages) {
        Map<String, Object> variables = new HashMap<>();
        variables.put("messages", messages);
        variables.put("bos_token", "<s>");
        variables.put("eos_token", "</s>");
        return JinjaTemplate.parse(template).render(variables, () -> NOW);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "families.txt", delimiter = '~', quoteCharacter = '\u0000', maxCharsPerColumn = 2000)
    void aConversationIsWrittenAsTheFamilyWantsIt(Family family, String expected) {
        var messages = List.of(said("system", "S"), said("user", "U"), said("assistant", "A"), said("user", "V"));
        assertThat(render(family.template().text(), messages)).isEqualTo(expected.replace("\\n", "\n"));
    }

    @Test
    void everyFamilyHasALineInThatTable() {
        assertThat(ReferenceData.text("path/families.txt").lines().map(line -> line.split("~")[0]))
                .containsExactly(Stream.of(Family.values()).map(Enum::name).toArray(String[]::new));
    }

    @ParameterizedTest
    @EnumSource
    void nothingThatWasSaidIsLost(Family family) {
        assertNothingLost(family.template().text());
    }

    @Test
    void norInThePlainDefault() {
        assertNothingLost(Family.PLAIN.text());
    }

    private static void assertNothingLost(String template) {
        Map<String, Object> function = new LinkedHashMap<>();
        function.put("name", "weather");
        function.put("arguments", Map.of("city", "Ghent"));
        var calls = List.of(Map.of("type", "function", "function", function));
        List<Map<String, Object>> messages = List.of(
                said("system", "first-rule"),
                said("system", "second-rule"),
                said("user", "question"),
                Map.of("role", "assistant", "content", "thoughtful", "tool_calls", calls),
                Map.of("role", "tool", "content", "rainy", "name", "weather"),
                said("user", "follow-up"),
                said("system", "late-rule"));
        assertThat(render(template, messages))
                .contains("first-rule", "second-rule", "question", "thoughtful", "weather", "Ghent", "rainy")
                .contains("follow-up", "late-rule");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '\u0000', textBlock = """
                    <|im_start|> <|im_end|>                                    # qwen3   # gpt2  # Qwen3 0.6B                # CHATML
                    <|im_start|> <|im_end|>                                    # qwen3   # gpt2  # Qwen3-0.6B-Base           #
                    <|im_start|> <|im_end|> <|im_sep|>                         # phi3    # gpt2  # Phi 4                     # PHI_4
                    <|im_start|> <|im_end|> <|endoftext|>                      # olmo2   # gpt2  # OLMo-2-1124-7B-Instruct   # OLMO_2
                    <|im_start|> <|im_end|> <|endoftext|>                      # olmo2   # gpt2  # Olmo-3-7B-Think           # CHATML
                    <|endoftext|>                                              # olmo2   # gpt2  # OLMo-2-1124-7B            #
                    <|start_header_id|> <|end_header_id|> <|eot_id|>           # llama   # gpt2  # Meta-Llama-3.1-8B-Instruct # LLAMA_3
                    <|header_start|> <|header_end|> <|eot|>                    # llama4  # gpt2  # Llama 4 Scout             # LLAMA_4
                    <s> </s> <unk>                                             # llama   # llama # llama-2-7b-chat           # LLAMA_2
                    <s> </s> <unk>                                             # llama   # llama # LLaMA v2                  #
                    <s> </s> <unk>                                             # llama   # llama # mistral-7b-instruct-v0.2  # MISTRAL_V1
                    <s> </s> [INST] [/INST] [TOOL_CALLS]                       # llama   # llama # Mistral-7B-Instruct-v0.3  # MISTRAL_V3
                    <s> </s> [INST] [/INST] [TOOL_CALLS]                       # llama   # gpt2  # Mistral Nemo              # MISTRAL_TEKKEN
                    <s> </s> [INST] [/INST] [SYSTEM_PROMPT]                    # llama   # llama # Mistral Large 2411        # MISTRAL_V7
                    <s> </s> [INST] [/INST] [SYSTEM_PROMPT]                    # mistral3 # gpt2 # Mistral Small 3.2         # MISTRAL_V7_TEKKEN
                    <bos> <start_of_turn> <end_of_turn>                        # gemma3  # llama # gemma-3-1b-it             # GEMMA
                    <bos> <start_of_turn> <end_of_turn>                        # gemma3  # llama # gemma-3-1b-pt             #
                    <bos> <|turn> <turn|>                                      # gemma4  # llama # gemma-4-31B-it            # GEMMA_4
                    <|user|> <|assistant|> <|system|> <|end|> <|endoftext|>    # phi3    # llama # Phi 3.5 mini              # PHI_3
                    <|user|> <|assistant|> <|system|> <|endoftext|>            # llama   # gpt2  # Falcon3-7B-Instruct       # FALCON_3
                    <｜User｜> <｜Assistant｜>                                   # deepseek2 # gpt2 # DeepSeek V3              # DEEPSEEK
                    <|START_OF_TURN_TOKEN|> <|CHATBOT_TOKEN|> <|USER_TOKEN|>   # command-r # gpt2 # c4ai command r           # COMMAND_R
                    <|start_of_role|> <|end_of_role|> <|end_of_text|>          # granite # gpt2  # Granite 3.3               # GRANITE
                    <|start|> <|end|> <|message|> <|channel|>                  # gpt-oss # gpt2  # gpt-oss-20b               # GPT_OSS
                    [gMASK] <sop> <|user|> <|assistant|> <|endoftext|>         # glm4    # gpt2  # GLM 4 9B                  # GLM_4
                    <|im_user|> <|im_middle|> <|im_end|> <|im_system|>         # deepseek2 # gpt2 # Kimi K2                  # KIMI
                    <s> </s>                                                   # minicpm # llama # MiniCPM 2B                # MINI_CPM
                    <s> </s>                                                   # llama   # llama # zephyr-7b-beta            # ZEPHYR
                    <s> </s>                                                   # llama   # llama # vicuna_7b_v1.5            # VICUNA
                    <s> </s>                                                   # llama   # llama # chinese-alpaca-7b         # ALPACA
                    <s> </s>                                                   # llama   # llama # something else            #
                    """)
    void aFamilyIsKnownByWhatItsFileShows(
            String tokens, String architecture, String tokenizer, String name, Family expected) {
        List<String> texts = List.of(tokens.split(" "));
        Map<String, Object> metadata = Map.of(
                "general.architecture", architecture,
                "general.name", name,
                "tokenizer.ggml.model", tokenizer,
                "tokenizer.ggml.tokens", texts,
                "tokenizer.ggml.token_type", texts.stream().map(_ -> 3).toList());
        assertThat(Family.of(FileSigns.read(metadata))).isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void withoutATemplateATextGoesAloneAndAConversationWithNames() {
        var system = said("system", "Be brief.");
        var first = said("user", "Once upon");
        assertThat(render(Family.PLAIN.text(), List.of(first))).isEqualTo("Once upon");
        assertThat(render(Family.PLAIN.text(), List.of(system, first))).isEqualTo("Be brief.\n\nOnce upon");
        assertThat(render(
                        Family.PLAIN.text(),
                        List.of(system, first, said("assistant", "a time"), said("user", "and then?"))))
                .isEqualTo("Be brief.\n\nUser: Once upon\n\nAssistant: a time\n\nUser: and then?\n\nAssistant:");
    }

    /** Our templates against real ones, where those write nothing of their own into a conversation with a system text. */
    static Stream<Map.Entry<Family, String>> real() {
        return Stream.of(
                Map.entry(Family.CHATML, "llama.cpp/Qwen-Qwen2.5-7B-Instruct"),
                Map.entry(Family.CHATML, "ollama-classic/chatml-2"),
                Map.entry(Family.KIMI, "llama.cpp/Kimi-K2-Instruct"),
                Map.entry(Family.GRANITE, "llama.cpp/ibm-granite-granite-4.0"),
                Map.entry(Family.GPT_OSS, "llama.cpp/openai-gpt-oss-120b"),
                Map.entry(Family.PHI_3, "llama.cpp/microsoft-Phi-3.5-mini-instruct"),
                Map.entry(Family.PHI_4, "llama.cpp-classic/phi-4"),
                Map.entry(Family.GLM_4, "llama.cpp-classic/ChatGLM4"),
                Map.entry(Family.COMMAND_R, "llama.cpp-classic/CohereForAI/c4ai-command-r-plus"),
                Map.entry(
                        Family.MISTRAL_V7,
                        "llama.cpp-classic/mistralai/Mistral-Large-Instruct-2411 (mistralai 'v7' template)"),
                Map.entry(Family.MISTRAL_V7_TEKKEN, "llama.cpp/Mistral-Small-3.2-24B-Instruct-2506"),
                Map.entry(Family.ZEPHYR, "ollama-classic/zephyr-1"),
                Map.entry(Family.VICUNA, "llama.cpp-classic/eachadea/vicuna-13b-1.1"));
    }

    @ParameterizedTest
    @MethodSource("real")
    void ourTemplatesWriteWhatTheModelsOwnDo(Map.Entry<Family, String> pair) {
        Map<Object, Object> contexts = new HashMap<>();
        for (var line : ReferenceData.shared("jinja", "contexts.jsonl")) {
            contexts.put(line.get("context"), line.get("value"));
        }
        List<String> compared = new ArrayList<>();
        for (var sample : ReferenceData.shared("jinja", "cases.jsonl")) {
            String context = (String) sample.get("context");
            if (!pair.getValue().equals(sample.get("template"))) continue;
            if (!List.of("sys-user", "multi").contains(context)) continue;
            Map<String, Object> variables = new HashMap<>();
            ((Map<?, ?>) contexts.get(context)).forEach((key, value) -> variables.put((String) key, value));
            assertThat(JinjaTemplate.parse(pair.getKey().template().text()).render(variables, () -> NOW))
                    .isEqualTo(sample.get("expected"));
            compared.add(context);
        }
        assertThat(compared).containsExactlyInAnyOrder("sys-user", "multi");
    }
}
