package dev.paddock.dialect.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.PaddockException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RequestBodyTest {
    private final AtomicLong clock = new AtomicLong();

    private RequestBody body(int bytes) {
        return new RequestBody(new ByteArrayInputStream(new byte[bytes]), 1_000_000, clock::get, _ -> {});
    }

    private void pass(long seconds) {
        clock.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    @Test
    void aBodyThatDripsIsGivenUp() {
        var body = body(1_000);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        pass(2);
                        assertThat(body.read()).isZero();
                    }
                })
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("too slowly: 16 bytes in 32 s");
    }

    @Test
    void aBodyThatIsRefusedIsReadToItsEndAndNotCountedAnyMore() throws IOException {
        List<Long> told = new ArrayList<>();
        var body = new RequestBody(new ByteArrayInputStream(new byte[10]), 100, clock::get, told::add);
        assertThat(body.read()).isZero();
        body.discard();
        assertThat(body.read()).isEqualTo(-1);
        assertThat(told).containsExactly(1L);
    }

    @Test
    void aSlowUploadThatGoesOnIsNot() throws IOException {
        var body = body(100_000);
        byte[] buffer = new byte[1_000];
        for (int i = 0; i < 100; i++) {
            pass(5);
            assertThat(body.read(buffer, 0, buffer.length)).isEqualTo(1_000);
        }
        assertThat(body.read()).isEqualTo(-1);
    }
}
