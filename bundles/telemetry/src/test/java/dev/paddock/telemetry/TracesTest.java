package dev.paddock.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.paddock.api.engine.Tally;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.inference.Serving;
import dev.paddock.api.observe.Watch;
import dev.paddock.api.observe.Work;
import dev.paddock.api.security.Asker;
import dev.paddock.api.security.Identity;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TracesTest {
    private static final Work CHAT =
            new Work(Work.Kind.CHAT, "starter:latest", new Asker("r-1", new Identity("ann"), 0));

    private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> tokens = new LinkedBlockingQueue<>();
    private HttpServer collector;

    @BeforeEach
    void start() throws Exception {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            tokens.add(exchange.getRequestHeaders().getFirst("Authorization"));
            received.add(JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
    }

    @AfterEach
    void stop() {
        collector.stop(0);
    }

    private Traces traces() {
        String endpoint = "http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/traces";
        Map<String, Object> own =
                Map.of("endpoint", endpoint, "interval", "100ms", "headers", new String[] {"Authorization=Bearer t"});
        return new Traces((Traces.Config) Proxy.newProxyInstance(
                TracesTest.class.getClassLoader(),
                new Class<?>[] {Traces.Config.class},
                (_, method, _) -> own.getOrDefault(method.getName(), method.getDefaultValue())));
    }

    @Test
    void aRequestIsASpanWithItsPhases() throws Exception {
        Traces traces = traces();
        Watch watch = traces.begins(CHAT);
        watch.granted(new Serving("CPU", 2048, Duration.ofMillis(3), Duration.ZERO));
        watch.prompted(12);
        watch.generated(1);
        watch.generated(1);
        watch.done(Tally.plain(12, 2, Duration.ofMillis(5), Duration.ofMillis(7)));
        JsonNode sent = received.poll(20, TimeUnit.SECONDS);
        traces.stop();

        JsonNode resource = sent.path("resourceSpans").path(0);
        assertThat(resource.path("resource").toString()).contains("\"service.name\"", "\"paddock\"");
        JsonNode spans = resource.path("scopeSpans").path(0).path("spans");
        assertThat(spans.valueStream().map(span -> span.path("name").asString()))
                .containsExactly("chat starter:latest", "queue", "prompt", "prefill", "decode");
        JsonNode root = spans.path(0);
        assertThat(root.path("traceId").asString()).matches("[0-9a-f]{32}");
        assertThat(attribute(root, "gen_ai.usage.output_tokens")
                        .path("intValue")
                        .asString())
                .isEqualTo("2");
        assertThat(attribute(root, "paddock.request.id").path("stringValue").asString())
                .isEqualTo("r-1");
        assertThat(attribute(root, "enduser.id").path("stringValue").asString()).isEqualTo("ann");
        assertThat(spans.valueStream().skip(1)).allSatisfy(span -> {
            assertThat(span.path("parentSpanId").asString())
                    .isEqualTo(root.path("spanId").asString());
            assertThat(Long.parseLong(span.path("endTimeUnixNano").asString()))
                    .isBetween(
                            Long.parseLong(span.path("startTimeUnixNano").asString()),
                            Long.parseLong(root.path("endTimeUnixNano").asString()));
        });
        assertThat(tokens.poll()).isEqualTo("Bearer t");
    }

    private static JsonNode attribute(JsonNode span, String key) {
        return span.path("attributes")
                .valueStream()
                .filter(one -> one.path("key").asString().equals(key))
                .findFirst()
                .orElseThrow()
                .path("value");
    }

    @Test
    void aFailureIsOneAndWhatIsLeftAtTheEndIsSent() throws Exception {
        Traces traces = traces();
        traces.begins(CHAT).failed(Fault.CANCELLED);
        traces.stop();
        JsonNode spans = received.poll(20, TimeUnit.SECONDS)
                .path("resourceSpans")
                .path(0)
                .path("scopeSpans")
                .path(0)
                .path("spans");
        assertThat(spans.path(0).path("status").path("code").asInt()).isEqualTo(2);
        assertThat(spans.path(0).path("status").path("message").asString()).isEqualTo("cancelled");
    }

    @Test
    void whatIsNoCollectorIsToldByName() {
        assertThatThrownBy(() -> Collector.of("file:///etc/passwd", new String[0]))
                .hasMessageContaining("endpoint is");
        assertThatThrownBy(() -> Collector.of("http://x/v1", new String[] {"secret"}))
                .hasMessageContaining("NAME=VALUE");
    }
}
