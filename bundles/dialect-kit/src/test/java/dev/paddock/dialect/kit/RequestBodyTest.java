package dev.paddock.dialect.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.PaddockException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestBodyTest {
    @Test
    void aBodyOverItsLimitFails() {
        var body = new RequestBody(new ByteArrayInputStream(new byte[11]), 10);
        assertThatThrownBy(body::readAllBytes)
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("larger than the limit of 10 bytes");
    }

    @Test
    void aBodyThatIsRefusedIsReadToItsEndAndNotCountedAnyMore() throws IOException {
        List<Long> told = new ArrayList<>();
        var body = new RequestBody(new ByteArrayInputStream(new byte[10]), 100, told::add);
        assertThat(body.read()).isZero();
        body.discard();
        assertThat(body.read()).isEqualTo(-1);
        assertThat(told).containsExactly(1L);
    }
}
