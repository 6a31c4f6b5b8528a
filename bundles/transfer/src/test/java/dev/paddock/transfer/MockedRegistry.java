package dev.paddock.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.store.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A registry that a test tells what to do, and a house that pulls from it without waiting between tries. */
@Timeout(60)
abstract class MockedRegistry {
    static final String FILLER = "application/vnd.example.filler";

    @TempDir
    Path root;

    final List<Duration> pauses = new ArrayList<>();
    FakeRegistry registry;
    TestHouse house;

    @BeforeEach
    void open() throws Exception {
        registry = new FakeRegistry();
        house = house(Configured.forTests());
    }

    TestHouse house(Configured configured) {
        return new TestHouse(root.resolve("h" + System.nanoTime()), configured, registry, time -> {
            synchronized (pauses) {
                pauses.add(time);
            }
        });
    }

    @AfterEach
    void close() {
        house.close();
        registry.close();
    }

    /** Asks for a token everywhere but where tokens are given. */
    void protect(String token, String realm) {
        registry.script("/token", exchange -> FakeRegistry.answer(exchange, 200, "{\"token\":\"" + token + "\"}"));
        FakeRegistry.Answer guarded = exchange -> {
            if (("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                registry.serve(exchange);
                return;
            }
            exchange.getResponseHeaders()
                    .set(
                            "WWW-Authenticate",
                            "Bearer realm=\"" + realm + "\",service=\"reg\",scope=\"repository:library/m:pull other\"");
            FakeRegistry.answer(exchange, 401, "");
        };
        registry.script("/v2/library/m/manifests/latest", guarded);
    }

    /** As if an Ollama had just begun with it, in smaller parts than ours. */
    void parts(Layer layer, int count) throws IOException {
        Path blobs = Files.createDirectories(house.blob(layer.digest()).getParent());
        String name = layer.digest().fileName() + "-partial";
        Files.write(blobs.resolve(name), new byte[0]);
        long size = layer.size() / count;
        for (int n = 0; n < count; n++) {
            Files.writeString(
                    blobs.resolve(name + "-" + n),
                    "{\"N\":%d,\"Offset\":%d,\"Size\":%d,\"Completed\":0}".formatted(n, n * size, size));
        }
    }

    Layer big(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return registry.blob(content, FILLER);
    }

    static void assertFault(org.assertj.core.api.ThrowableAssert.ThrowingCallable work, Fault fault, String message) {
        assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(fault))
                .hasMessage(message);
    }
}
