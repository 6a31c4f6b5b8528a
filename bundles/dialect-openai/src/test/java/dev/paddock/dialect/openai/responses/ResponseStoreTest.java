package dev.paddock.dialect.openai.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.security.Identity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResponseStoreTest {
    private static final Identity ANNA = new Identity("anna");
    private static final Identity BEN = new Identity("ben");

    @Test
    void nobodySeesWhatIsAnothers() {
        var store = store(10);
        assertThat(store.keep(ANNA, response("r"))).isTrue();
        assertThat(store.find(BEN, "r")).isEmpty();
        assertThat(store.holding(BEN, "i")).isEmpty();
        assertThat(store.remove(BEN, "r")).isFalse();
        assertThat(store.find(ANNA, "r")).isPresent();
        assertThat(store.holding(ANNA, "i")).isPresent();
    }

    @Test
    void nothingIsKeptWhereNoneIsAllowed() {
        assertThat(store(0).keep(ANNA, response("r"))).isFalse();
    }

    @Test
    void whatIsReplacedOrRemovedCountsNoLonger() {
        long two = 2 * response("r").bytes();
        var store = new ResponseStore(new ResponseStore.Limits(10, two, Duration.ofHours(1)), fixed());
        for (int i = 0; i < 5; i++) store.keep(ANNA, response("r"));
        store.keep(ANNA, response("s"));
        assertThat(store.size()).isEqualTo(2);
        store.remove(ANNA, "r");
        store.keep(ANNA, response("t"));
        assertThat(store.size()).isEqualTo(2);
    }

    private static ResponseStore store(int count) {
        return new ResponseStore(new ResponseStore.Limits(count, 1 << 20, Duration.ofHours(1)), fixed());
    }

    private static InstantSource fixed() {
        return InstantSource.fixed(Instant.EPOCH);
    }

    private static KeptResponse response(String id) {
        return KeptResponse.of(Map.of("id", id, "output", List.of()), Optional.empty(), List.of(Map.of("id", "i")));
    }
}
