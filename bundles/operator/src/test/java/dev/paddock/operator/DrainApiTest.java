package dev.paddock.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.engine.Tally;
import dev.paddock.api.fault.BusyException;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.observe.Work;
import dev.paddock.api.security.Asker;
import dev.paddock.dialect.kit.TestServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DrainApiTest {
    private static final Work WORK = new Work(Work.Kind.CHAT, "a", Asker.LOCAL);
    private static final Tally TALLY = Tally.plain(1, 1, Duration.ZERO, Duration.ZERO);

    private final Draining draining = new Draining(Duration.ofMinutes(1));

    @Test
    void noWorkBeginsUntilItIsUndone() {
        draining.drain(true);
        assertThatThrownBy(draining::admit)
                .isInstanceOfSatisfying(
                        BusyException.class, e -> assertThat(e.retryAfter()).isGreaterThan(Duration.ofSeconds(1)))
                .hasMessageContaining("draining");
        draining.drain(false);
        assertThatCode(draining::admit).doesNotThrowAnyException();
    }

    @Test
    void theEndWaitsForWhatRunsAndForNoMore() throws Exception {
        var first = draining.begins(WORK);
        var second = draining.begins(WORK);
        var end = CompletableFuture.supplyAsync(() -> finished(draining));
        while (!draining.draining()) Thread.onSpinWait();
        first.done(TALLY);
        assertThat(end).isNotDone();
        second.failed(Fault.CANCELLED);
        assertThat(end.get(20, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void whatTakesTooLongIsLeftOver() {
        var hasty = new Draining(Duration.ofMillis(20));
        hasty.begins(WORK);
        assertThat(finished(hasty)).isEqualTo(1);
    }

    @Test
    void anEndIsNotUndone() {
        assertThat(finished(draining)).isZero();
        draining.drain(false);
        assertThatThrownBy(draining::admit).hasMessageContaining("stopping");
    }

    private static int finished(Draining draining) {
        try {
            return draining.finish();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theOwnerMayAndNobodyElse() throws Exception {
        var api = new DrainApi(draining);
        try (var stranger = new TestServer().with(api, DrainApi.PATH).start()) {
            assertThat(sent(stranger, "{\"drain\": true}")).startsWith("403");
            assertThat(draining.draining()).isFalse();
            draining.begins(WORK);
            assertThat(stranger.get(DrainApi.PATH).body()).isEqualTo("{\"draining\":false,\"running\":1}");
        }
        try (var owner = new TestServer()
                .with(api, DrainApi.PATH)
                .sending("Authorization", "Bearer secret")
                .start()) {
            assertThat(sent(owner, "{\"drain\": true}")).isEqualTo("200 {\"draining\":true,\"running\":1}");
            assertThat(sent(owner, "{\"drain\": false}")).contains("\"draining\":false");
            for (String wrong : new String[] {"{}", "{\"drain\": 1}", "{\"drain\": null}"})
                assertThat(sent(owner, wrong)).startsWith("400").contains("true");
        }
    }

    private static String sent(TestServer server, String body) throws Exception {
        var response = server.send("POST", DrainApi.PATH, body);
        return response.statusCode() + " " + response.body();
    }
}
