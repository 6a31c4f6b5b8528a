package dev.paddock.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.model.Digest;
import dev.paddock.api.store.Layer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Work that ends badly must end. */
@Timeout(10)
class FailingWorkTest {
    private static Download failing(Layer layer) {
        return new Download(null, layer, List.of(), null);
    }

    @Test
    void anErrorInAPartEndsTheWork() {
        Queue<String> pieces = new ArrayDeque<>(List.of("one", "two"));
        var crew = new Crew<String>(
                pieces::poll,
                (_, _) -> {
                    throw new OutOfMemoryError("for this test");
                },
                _ -> {});
        assertThatThrownBy(() -> crew.run(2, () -> false)).hasRootCauseMessage("for this test");
    }

    @Test
    void anErrorInTheBackgroundIsNoSuccess() {
        assertThatThrownBy(() -> Background.of("test", () -> {
                    throw new OutOfMemoryError("for this test");
                }))
                .hasRootCauseMessage("for this test");
    }

    @Test
    void whoComesAfterADownloadFailedBeginsItAnew() throws Exception {
        var downloads = new Downloads();
        var layer = new Layer("", Digest.of(new byte[1]), 1);
        try (var first = downloads.join(layer.digest(), 1, () -> failing(layer), () -> {})) {
            assertThat(first.await(5000)).isTrue();
            assertThatThrownBy(first::outcome).isInstanceOf(IllegalStateException.class);
            try (var second = downloads.join(layer.digest(), 1, () -> failing(layer), () -> {})) {
                assertThat(second.first()).isTrue();
                assertThat(second.await(5000)).isTrue();
            }
        }
    }
}
