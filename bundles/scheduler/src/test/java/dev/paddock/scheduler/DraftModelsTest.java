package dev.paddock.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.model.ModelName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DraftModelsTest {
    @Test
    void namesAreComparedAsNamesOfModelsAre() {
        var drafts = DraftModels.of("Large=small:1b", " registry.ollama.ai/library/other:8b = hf.co/u/Tiny ");
        assertThat(draft(drafts, "large:latest")).isEqualTo("small:1b");
        assertThat(draft(drafts, "LIBRARY/LARGE")).isEqualTo("small:1b");
        assertThat(draft(drafts, "OTHER:8B")).isEqualTo("hf.co/u/Tiny:latest");
        assertThat(drafts.of(ModelName.parse("large:8b"))).isEmpty();
    }

    @Test
    void modelsMayShareADraftAndADraftMayHaveOne() {
        var drafts = DraftModels.of("a=c", "b=c", "c=d");
        assertThat(draft(drafts, "a")).isEqualTo("c:latest").isEqualTo(draft(drafts, "b"));
        assertThat(draft(drafts, "c")).isEqualTo("d:latest");
    }

    @ParameterizedTest
    @CsvSource({
        "large, write MODEL=DRAFT",
        "'', write MODEL=DRAFT",
        "a=b=c, write MODEL=DRAFT",
        "=small, \"\" is no name",
        "large=, \"\" is no name",
        "large=sm all, \"sm all\" is no name",
        "Large:latest=large, cannot guess for itself"
    })
    void whatIsNoPairOfModelsIsRefusedInOneSentence(String entry, String words) {
        assertThatThrownBy(() -> DraftModels.of("fine=too", entry))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(RequestScheduler.PID + ": draft.models has the entry \"" + entry + "\"; ")
                .hasMessageContaining(words);
    }

    @Test
    void aModelHasOneDraft() {
        assertThatThrownBy(() -> DraftModels.of("large=small", "LARGE:latest=tiny"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"LARGE:latest=tiny\"; LARGE:latest has a draft model already");
    }

    private static String draft(DraftModels drafts, String model) {
        return drafts.of(ModelName.parse(model)).orElseThrow().display();
    }
}
