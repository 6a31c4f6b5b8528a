package dev.paddock.prompt.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.model.Capability;
import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.ChatTemplate.Language;
import dev.paddock.api.prompt.Filling;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.OutputParser;
import dev.paddock.api.prompt.PromptPath.Origin;
import dev.paddock.prompt.format.HermesFormat;
import dev.paddock.prompt.format.PlainFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChosenPathsTest {
    private static final ChatTemplate GO = new ChatTemplate(Language.GO, "{{ .Prompt }}");
    private static final ChatTemplate JINJA = new ChatTemplate(Language.JINJA, "{{ messages[0].content }}");

    private final OneFile file = new OneFile();
    private final ChosenPaths paths = new ChosenPaths(file);

    ChosenPathsTest() {
        paths.addFormat(new PlainFormat(), Map.of("service.ranking", -1000, "service.id", 1L));
    }

    @Test
    void aModelIsUsedWithItsTemplateAndItsFilesSigns() {
        file.tokens(Map.of("a", 1, "<|im_start|>", 3, "<think>", 4, "<unk>", 2, "longest", 1));
        file.put("general.architecture", "qwen3");

        var path = paths.of(OneFile.model(JINJA), false);

        assertThat(path.origin()).isEqualTo(Origin.GGUF);
        assertThat(path.signs()).isEqualTo(new ModelSigns(JINJA, "qwen3", Set.of("<|im_start|>", "<unk>"), 12));
        assertThat(path.format().name()).isEqualTo("plain");
        assertThat(paths.of(OneFile.model(GO), false).origin()).isEqualTo(Origin.MODELFILE);
    }

    @Test
    void modelsWithTheSameFileAreToldApart() {
        assertThat(paths.of(OneFile.model(JINJA, GO), false).why()).contains("preferred to the model's Go template");
        assertThat(paths.of(OneFile.model(JINJA), false).why()).isEqualTo("the file's Jinja template");
    }

    @Test
    void aRequestsTemplateComesFirst() {
        var path = paths.of(OneFile.model(JINJA), GO);
        assertThat(path.template()).isEqualTo(GO);
        assertThat(path.origin()).isEqualTo(Origin.REQUEST);
    }

    @Test
    void aFilesTemplateForToolsIsUsedWhenToolsAreOffered() {
        file.put("tokenizer.chat_template.tool_use", "{{ tools }}");
        assertThat(paths.of(OneFile.model(JINJA), true).template().text()).isEqualTo("{{ tools }}");
        assertThat(paths.of(OneFile.model(JINJA), false).template()).isEqualTo(JINJA);
        assertThat(paths.of(OneFile.model(GO), true).template())
                .as("a Modelfile's word is for both")
                .isEqualTo(GO);
    }

    @Test
    void aModelWithoutATemplateGetsThatOfItsFamily() {
        file.tokens(Map.of("<|im_start|>", 3, "<|im_end|>", 3));
        var path = paths.of(OneFile.model(Optional.empty()), false);
        assertThat(path.origin()).isEqualTo(Origin.FAMILY);
        assertThat(path.template()).isEqualTo(Family.CHATML.template());
        assertThat(path.why()).contains("family chatml");
        assertThat(path.stops()).isEmpty();
    }

    @Test
    void andOneOfNoFamilyTheBareTexts() {
        var path = paths.of(OneFile.model(Optional.empty()), true);
        assertThat(path.origin()).isEqualTo(Origin.PLAIN);
        assertThat(path.template()).isEqualTo(Family.PLAIN);
        assertThat(path.stops()).containsExactly("\nUser:");
        assertThat(path.format().name()).isEqualTo("plain");
    }

    @Test
    void aGapIsFilledByTheGoTemplateEvenWhereJinjaIsUsedForChats() {
        file.tokens(Map.of("<|fim_prefix|>", 3, "<|fim_suffix|>", 3, "<|fim_middle|>", 3));
        var go = new ChatTemplate(Language.GO, "{{ .Prompt }}{{ .Suffix }}");
        assertThat(paths.filling(OneFile.model(JINJA, go))).contains(new Filling.ByTemplate(go));
        assertThat(paths.filling(OneFile.model(JINJA, GO)))
                .as("the Go template has no place for it")
                .contains(new Filling.ByTokens("<|fim_prefix|>", "<|fim_suffix|>", "<|fim_middle|>", false));
    }

    @Test
    void aModelWithNeitherFillsNoGaps() {
        assertThat(paths.filling(OneFile.model(JINJA))).isEmpty();
    }

    @Test
    void whatAModelCanDoIsWhatItsPathShows() {
        var hermes = new ChatTemplate(Language.JINJA, "{{ tools }}<tool_call>{{ enable_thinking }}<think></think>");
        assertThat(paths.capabilities(OneFile.model(hermes)))
                .as("no format here reads its calls")
                .containsExactlyInAnyOrder(Capability.COMPLETION, Capability.THINKING);
        paths.addFormat(new HermesFormat(), Map.of());
        assertThat(paths.capabilities(OneFile.model(hermes)))
                .containsExactlyInAnyOrder(Capability.COMPLETION, Capability.THINKING, Capability.TOOLS);
        assertThat(paths.capabilities(OneFile.model(JINJA))).containsExactly(Capability.COMPLETION);
    }

    @Test
    void toolsThatATemplateWouldDropAreNotClaimed() {
        paths.addFormat(new HermesFormat(), Map.of());
        var deaf = new ChatTemplate(Language.JINJA, "{{ messages[0].content }}<tool_call>");
        assertThat(paths.capabilities(OneFile.model(deaf))).containsExactly(Capability.COMPLETION);
    }

    @Test
    void thoughtsThatTheStoreGuessesCountWhereTheFormatReadsThem() {
        var model =
                OneFile.model(Set.of(Capability.COMPLETION, Capability.THINKING), Optional.of(JINJA), Optional.empty());
        assertThat(paths.capabilities(model)).contains(Capability.THINKING);
        paths.addFormat(new Loud(), Map.of());
        assertThat(paths.capabilities(model)).doesNotContain(Capability.THINKING);
    }

    @Test
    void aTemplateForToolsCountsForToolsOnly() {
        file.put("tokenizer.chat_template.tool_use", "{{ tools }}<tool_call>{{ enable_thinking }}<think></think>");
        paths.addFormat(new HermesFormat(), Map.of());
        assertThat(paths.capabilities(OneFile.model(JINJA)))
                .containsExactlyInAnyOrder(Capability.COMPLETION, Capability.TOOLS);
    }

    @Test
    void aModelThatDoesNotTalkCanDoWhatItsFileSays() {
        assertThat(paths.capabilities(OneFile.embedding())).containsExactly(Capability.EMBEDDING);
        assertThat(file.reads).hasValue(0);
    }

    @Test
    void aVocabularyIsReadOnceForAllModelsWithTheSameFile() {
        paths.of(OneFile.model(JINJA), false);
        paths.of(OneFile.model(JINJA), true);
        paths.of(OneFile.model(GO), false);
        paths.of(OneFile.model(GO), JINJA);
        assertThat(file.reads).hasValue(1);
    }

    @Test
    void aFormatOfHigherRankIsUsedWhileItIsThere() {
        var loud = new Loud();
        var model = OneFile.model(JINJA);
        assertThat(paths.of(model, false).format().name()).isEqualTo("plain");
        paths.addFormat(loud, Map.of());
        assertThat(paths.of(model, false).format()).isSameAs(loud);
        paths.removeFormat(loud);
        assertThat(paths.of(model, false).format().name()).isEqualTo("plain");
    }

    @Test
    void withoutAFormatThereIsNoPath() {
        assertThatThrownBy(() -> new ChosenPaths(file).of(OneFile.model(JINJA), false))
                .hasMessageContaining("no chat format");
    }

    private static final class Loud implements ChatFormat {
        @Override
        public String name() {
            return "loud";
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
            throw new UnsupportedOperationException(String.valueOf(List.of(start)));
        }
    }
}
