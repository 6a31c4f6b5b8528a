package dev.paddock.api.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.PaddockException;
import org.junit.jupiter.api.Test;

class NativeIndexTest {
    @Test
    void machinesHaveTheNamesThatThePackingUses() {
        assertThat(NativeIndex.platform("Linux", "amd64")).isEqualTo("linux-x64");
        assertThat(NativeIndex.platform("Linux", "aarch64")).isEqualTo("linux-arm64");
        assertThat(NativeIndex.platform("Mac OS X", "aarch64")).isEqualTo("mac-arm64");
        assertThat(NativeIndex.platform("Windows 11", "amd64")).isEqualTo("win-x64");
    }

    @Test
    void anIndexListsFilesWithTheirDigests() throws Exception {
        var files = NativeIndex.of(getClass(), "fine-x64");
        assertThat(files).hasSize(1);
        assertThat(files.getFirst().name()).isEqualTo("lib.so");
        assertThat(files.getFirst().sha256()).startsWith("2d711642");
        try (var content = files.getFirst().content().openStream()) {
            assertThat(content.readAllBytes()).hasSize(1);
        }
    }

    @Test
    void aMachineWithoutFilesHasNone() {
        assertThat(NativeIndex.of(getClass(), "abacus-x1")).isEmpty();
    }

    @Test
    void anIndexThatLeavesItsDirectoryOrNamesWhatIsNotThereIsRefused() {
        assertThatThrownBy(() -> NativeIndex.of(getClass(), "bad-x64")).isInstanceOf(PaddockException.class);
        assertThatThrownBy(() -> NativeIndex.of(getClass(), "missing-x64"))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("lib.so, which is not there");
    }
}
