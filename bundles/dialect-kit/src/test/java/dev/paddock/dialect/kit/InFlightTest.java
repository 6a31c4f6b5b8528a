package dev.paddock.dialect.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class InFlightTest {
    private final InFlight inFlight = new InFlight();

    @Test
    void onceClosedItTakesNoMore() {
        inFlight.close(Duration.ofMinutes(1));
        assertThatThrownBy(inFlight::enter).isInstanceOfSatisfying(PaddockException.class, e -> assertThat(e.fault())
                .isEqualTo(Fault.UNAVAILABLE));
    }

    @Test
    @SuppressWarnings("try") // the caller gives the ticket back on its own thread
    void patienceIsCountedFromTheCloseSoThatManyRunOutTogether() {
        try (Ticket ticket = inFlight.enter()) {
            inFlight.close(Duration.ZERO);
            Thread.ofVirtual().start(() -> {
                while (ticket.cause().isEmpty()) Thread.onSpinWait();
                ticket.close();
            });
            assertThat(inFlight.drain(Duration.ofMinutes(10))).isEqualTo(1);
        }
        assertThat(inFlight.count()).isZero();
    }
}
