package dev.paddock.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.Tally;
import dev.paddock.api.explain.Decision;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.inference.Serving;
import dev.paddock.api.observe.Answered;
import dev.paddock.api.observe.Work;
import dev.paddock.api.security.Asker;
import dev.paddock.api.security.Identity;
import dev.paddock.dialect.kit.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MetricsPageTest {
    private static final Serving SERVING = new Serving("CPU \"zen4\"\n\\", 4096, Duration.ofMillis(300), Duration.ZERO);

    private final Meters meters = new Meters(2);
    private final Activity activity = new Activity(() -> 0);

    private static Work work(String request, String model, String key) {
        return new Work(Work.Kind.CHAT, model, new Asker(request, new Identity(key), 0));
    }

    private Page page() throws Exception {
        try (var server = new TestServer()
                .with(new MetricsPage(meters, activity), MetricsPage.PATH)
                .start()) {
            var response = server.get(MetricsPage.PATH);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/plain; version=0.0.4");
            return Page.read(response.body());
        }
    }

    @Test
    void anAnswerIsCountedByModelBackendAndKey() throws Exception {
        var clock = new AtomicLong();
        var watch = new Measure(meters, work("r-1", "a", "ada"), "a", clock::get);
        watch.granted(SERVING);
        clock.addAndGet(40_000_000);
        watch.generated(1);
        for (int i = 0; i < 4; i++) {
            clock.addAndGet(30_000_000);
            watch.generated(2);
        }
        watch.done(new Tally(11, 4, 9, 0, 5, 3, 1, Duration.ZERO, Duration.ZERO));
        var page = page();
        String who = "model=\"a\",backend=\"CPU \\\"zen4\\\"\\n\\\\\",key=\"ada\"";
        assertThat(page.value("paddock_prompt_tokens_total", who)).isEqualTo(11);
        assertThat(page.value("paddock_cached_tokens_total", who)).isEqualTo(4);
        assertThat(page.value("paddock_generated_tokens_total", who)).isEqualTo(9);
        assertThat(page.value("paddock_drafted_tokens_total", "model=\"a\"")).isEqualTo(5);
        assertThat(page.value("paddock_accepted_tokens_total", "model=\"a\"")).isEqualTo(3);
        assertThat(page.value("paddock_resumes_total", "model=\"a\"")).isEqualTo(1);
        assertThat(page.value("paddock_answers_total", "model=\"a\",kind=\"chat\",outcome=\"done\""))
                .isEqualTo(1);
        assertThat(page.value("paddock_first_token_seconds_bucket", "model=\"a\",le=\"0.05\""))
                .isEqualTo(1);
        assertThat(page.value("paddock_first_token_seconds_bucket", "model=\"a\",le=\"0.01\""))
                .isZero();
        assertThat(page.value("paddock_inter_token_seconds_bucket", "model=\"a\",le=\"0.02\""))
                .as("two tokens in 30 ms are 15 ms each")
                .isEqualTo(8);
        assertThat(page.value("paddock_queue_seconds_sum", "model=\"a\"")).isEqualTo(0.3);
    }

    @Test
    void anHttpAnswerIsCountedWithItsModel() throws Exception {
        meters.begins(work("r-1", "a", "ada")).failed(Fault.QUEUE_FULL);
        meters.answered(new Answered("r-1", "POST", "/api/chat", 503, "ada", Duration.ofMillis(3)));
        meters.answered(new Answered("r-2", "BREW", "", 404, "", Duration.ZERO));
        var page = page();
        assertThat(page.value(
                        "paddock_requests_total", "route=\"/api/chat\",method=\"POST\",model=\"a\",status=\"503\""))
                .isEqualTo(1);
        assertThat(page.value("paddock_requests_total", "route=\"other\",method=\"other\",model=\"\",status=\"404\""))
                .isEqualTo(1);
        assertThat(page.value("paddock_answers_total", "model=\"a\",kind=\"chat\",outcome=\"queue_full\""))
                .isEqualTo(1);
    }

    @Test
    void modelsAndKeysBeyondTheLimitAreOneTogether() throws Exception {
        for (int i = 0; i < 500; i++)
            meters.begins(work("r" + i, "m" + i, "k" + i)).done(Tally.plain(1, 0, Duration.ZERO, Duration.ZERO));
        var page = page();
        assertThat(page.series("paddock_prompt_tokens_total")).isEqualTo(3);
        assertThat(page.value("paddock_prompt_tokens_total", "model=\"other\",backend=\"\",key=\"other\""))
                .isEqualTo(498);
    }

    @Test
    void decisionsThatAreEventsAreCounted() throws Exception {
        decide(Decision.Kind.LOADED, Map.of("loadMillis", 700L));
        decide(Decision.Kind.EVICTED, Map.of());
        decide(Decision.Kind.MOVED, Map.of());
        decide(Decision.Kind.RESTARTED, Map.of());
        decide(Decision.Kind.QUEUED, Map.of());
        var page = page();
        assertThat(page.value("paddock_load_seconds_sum", "model=\"a\"")).isEqualTo(0.7);
        for (String event : new String[] {"evictions", "moves", "runner_restarts"})
            assertThat(page.value("paddock_" + event + "_total", "model=\"a\"")).isEqualTo(1);
    }

    private void decide(Decision.Kind kind, Map<String, Object> numbers) {
        meters.decided(new Decision(Instant.EPOCH, kind, "", "a", "because", numbers));
    }

    @Test
    void theStateOfQueueAndProcessIsLookedAt() throws Exception {
        activity.begins(work("r-1", "a", "ada"));
        activity.begins(work("r-2", "a", "ada")).granted(SERVING);
        var page = page();
        assertThat(page.value("paddock_queued", "model=\"a\"")).isEqualTo(1);
        assertThat(page.value("paddock_running", "model=\"a\"")).isEqualTo(1);
        assertThat(page.value("paddock_draining", "")).isZero();
        assertThat(page.value("jvm_memory_used_bytes", "area=\"heap\"")).isPositive();
        assertThat(page.value("jvm_threads_current", "")).isPositive();
        assertThat(page.value("process_uptime_seconds", "")).isPositive();
        assertThat(page.value("process_cpu_seconds_total", "")).isPositive();
    }
}
