package dev.paddock.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.Tally;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.inference.Serving;
import dev.paddock.api.observe.Watch;
import dev.paddock.api.observe.Work;
import dev.paddock.api.security.Asker;
import dev.paddock.api.security.Identity;
import dev.paddock.dialect.kit.Json;
import dev.paddock.dialect.kit.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ActivityTest {
    private static final Serving SERVING = new Serving("CPU (zen4)", 4096, Duration.ZERO, Duration.ZERO);

    private long millis = 10_000;
    private final Activity activity = new Activity(() -> TimeUnit.MILLISECONDS.toNanos(millis));

    private Watch begin(String request) {
        return activity.begins(
                new Work(Work.Kind.CHAT, "starter:latest", new Asker(request, new Identity("ada", 1, 10), 3)));
    }

    @Test
    void aRequestWaitsThenRunsThenIsForgotten() {
        var watch = begin("r-1");
        assertThat(activity.inside(false))
                .extracting(p -> p.work().asker().request())
                .containsExactly("r-1");
        watch.granted(SERVING);
        assertThat(activity.inside(false)).isEmpty();
        assertThat(activity.inside(true)).hasSize(1);
        watch.done(Tally.plain(7, 0, Duration.ZERO, Duration.ZERO));
        assertThat(activity.inside(true)).isEmpty();

        begin("r-2").failed(Fault.QUEUE_FULL);
        assertThat(activity.inside(false)).isEmpty();
    }

    @Test
    void theMinuteTellsFullSecondsNewestLast() {
        var watch = begin("r-1");
        watch.granted(SERVING);
        watch.prompted(20);
        millis += 1_500;
        for (int i = 0; i < 5; i++) watch.generated(2);
        assertThat(activity.minute().tokens()[59]).as("this second is not over").isZero();
        millis += 1_000;
        var minute = activity.minute();
        assertThat(minute.tokens()).hasSize(60).endsWith(10).containsOnlyOnce(10);
        assertThat(minute.prompts()).endsWith(20);
        assertThat(minute.firsts()).endsWith(1_500L).containsOnlyOnce(1_500L);
        assertThat(minute.requests()).endsWith(1, 0);
        millis += 61_000;
        assertThat(activity.minute().tokens()).containsOnly(0);
        assertThat(activity.minute().firsts()).containsOnlyNulls();
    }

    @Test
    void theMedianOfASecondIsTold() {
        for (int wait : new int[] {900, 10, 50}) {
            var watch = begin("r");
            millis += wait;
            watch.generated(1);
            millis -= wait;
        }
        millis += 1_000;
        assertThat(activity.minute().firsts()).endsWith(50L);
    }

    @Test
    void overHttpAllIsToldByItsAgreedName() throws Exception {
        begin("r-1");
        var watch = begin("r-2");
        watch.granted(SERVING);
        watch.prompted(12);
        watch.generated(3);
        millis += 250;
        try (var server = new TestServer()
                .with(new ActivityApi(activity), ActivityApi.PATH)
                .start()) {
            var response = server.get(ActivityApi.PATH);
            assertThat(response.statusCode()).isEqualTo(200);
            var told = Json.parseObject(response.body()).orElseThrow();
            assertThat(told).containsKeys("at", "uptime_seconds").containsEntry("draining", false);
            assertThat(told.get("queued"))
                    .isEqualTo(List.of(Map.of(
                            "request", "r-1",
                            "model", "starter:latest",
                            "identity", "ada",
                            "priority", 3,
                            "waiting_ms", 250)));
            assertThat(told.get("running"))
                    .isEqualTo(List.of(Map.of(
                            "request",
                            "r-2",
                            "model",
                            "starter:latest",
                            "identity",
                            "ada",
                            "tokens",
                            3,
                            "prompt_tokens",
                            12,
                            "age_ms",
                            250)));
            assertThat((List<?>) ((Map<?, ?>) told.get("series")).get("tokens")).hasSize(60);
        }
    }
}
