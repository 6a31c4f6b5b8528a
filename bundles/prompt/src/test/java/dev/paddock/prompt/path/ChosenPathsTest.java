package dev.paddock.prompt.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.model.Capability;
import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.ChatTemplate.Language;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.OutputParser;
import dev.paddock.api.prompt.PromptPath.Origin;
import dev.paddock.prompt.format.PlainFormat;
import java.util.List;
import java.util.Map;
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
