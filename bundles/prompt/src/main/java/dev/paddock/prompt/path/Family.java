package dev.paddock.prompt.path;

import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.ChatTemplate.Language;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Families of models whose way to write conversations is known, by what their files show: control tokens, architecture,
 * and where nothing else tells, names. The first that fits counts: those whose tokens others have too come last. The
 * templates are ours, a file each; they know neither tools nor thoughts.
 */
enum Family {
    GPT_OSS("gpt-oss", file -> file.has("<|channel|>", "<|start|>", "<|message|>")),
    GEMMA_4("gemma4", file -> file.has("<|turn>", "<turn|>")),
    GEMMA("gemma", file -> file.has("<start_of_turn>", "<end_of_turn>")),
    KIMI("kimi", file -> file.has("<|im_user|>", "<|im_middle|>")),
    COMMAND_R("command-r", file -> file.has("<|START_OF_TURN_TOKEN|>", "<|CHATBOT_TOKEN|>")),
    GRANITE("granite", file -> file.has("<|start_of_role|>", "<|end_of_role|>")),
    DEEPSEEK("deepseek", file -> file.has("<｜User｜>", "<｜Assistant｜>")),
    GLM_4("glm4", file -> file.has("[gMASK]", "<sop>", "<|user|>")),
    LLAMA_4("llama4", file -> file.has("<|header_start|>", "<|eot|>")),
    LLAMA_3("llama3", file -> file.has("<|start_header_id|>", "<|eot_id|>")),
    MISTRAL_V7(
            "mistral-v7",
            "{%- set space, lead = ' ', ' ' -%}",
            file -> file.has("[SYSTEM_PROMPT]") && file.isSentencePiece()),
    MISTRAL_V7_TEKKEN("mistral-v7", "{%- set space, lead = '', '' -%}", file -> file.has("[SYSTEM_PROMPT]")),
    MISTRAL_V3(
            "mistral",
            "{%- set space, closing, lead = ' ', '[/INST]', ' ' -%}",
            file -> file.has("[INST]") && file.isSentencePiece()),
    MISTRAL_TEKKEN("mistral", "{%- set space, closing, lead = '', '[/INST]', '' -%}", file -> file.has("[INST]")),
    PHI_4("phi4", file -> file.has("<|im_start|>", "<|im_sep|>")),
    OLMO_2("olmo2", file -> file.isOf("olmo2", "olmoe") && file.isCalled("instruct")),
    CHATML("chatml", file -> file.has("<|im_start|>", "<|im_end|>")),
    PHI_3("phi3", file -> file.has("<|user|>", "<|assistant|>", "<|end|>")),
    FALCON_3("falcon3", file -> file.has("<|user|>", "<|assistant|>", "<|endoftext|>")),
    MINI_CPM("minicpm", file -> file.isOf("minicpm")),
    LLAMA_2("llama2", file -> file.isCalled("llama 2", "chat") || file.isCalled("codellama", "instruct")),
    MISTRAL_V1(
            "mistral",
            "{%- set space, closing, lead = ' ', ' [/INST]', '' -%}",
            file -> file.isCalled("mistral", "instruct") || file.isCalled("mixtral", "instruct")),
    ZEPHYR("zephyr", file -> file.isCalled("zephyr") || file.isCalled("tinyllama", "chat")),
    VICUNA("vicuna", file -> file.isCalled("vicuna")),
    ALPACA("alpaca", file -> file.isCalled("alpaca"));

    /** What a model gets of which nothing is known. */
    static final ChatTemplate PLAIN = template("plain", "");

    private final String file;
    private final Predicate<FileSigns> fits;
    private final ChatTemplate template;

    Family(String file, Predicate<FileSigns> fits) {
        this(file, "", fits);
    }

    /** @param settings what the template finds set */
    Family(String file, String settings, Predicate<FileSigns> fits) {
        this.file = file;
        this.fits = fits;
        this.template = template(file, settings);
    }

    private static ChatTemplate template(String file, String settings) {
        String macros = Resource.text("family/said.jinja");
        return new ChatTemplate(Language.JINJA, macros + settings + Resource.text("family/" + file + ".jinja"));
    }

    /** A short name for people. */
    String display() {
        return file;
    }

    ChatTemplate template() {
        return template;
    }

    /** The family of a file, unless it is none of these or a model that was never taught to talk. */
    static Optional<Family> of(FileSigns file) {
        if (file.isBase()) return Optional.empty();
        return Arrays.stream(values()).filter(family -> family.fits.test(file)).findFirst();
    }
}
