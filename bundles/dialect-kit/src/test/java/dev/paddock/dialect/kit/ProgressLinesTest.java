package dev.paddock.dialect.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.Progress;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ProgressLinesTest {
    private final Teller teller = new Teller();
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer().with(teller, "/*").start();
    }

    @AfterEach
    void stop() {
        teller.enough = true;
        server.close();
    }

    @Test
    void figuresAreToldOnlyWhereThereAreSome() {
        Digest digest = Digest.of(new byte[0]);
        assertThat(Json.write(ProgressLines.json(Progress.step("a")))).isEqualTo("{\"status\":\"a\"}");
        assertThat(Json.write(ProgressLines.json(Progress.of("a", digest, 5, 0))))
                .isEqualTo("{\"status\":\"a\",\"digest\":\"" + digest + "\",\"total\":5}");
    }

    @Test
    void stepsKeepTheirOrderAndTheResultComesLast() throws Exception {
        teller.enough = true;
        assertThat(server.send("POST", "/heard", "").body())
                .isEqualTo("{\"status\":\"a\"}\n{\"status\":\"b\"}\n{\"status\":\"a\"}\n{\"done\":3}\n");
    }

    @Test
    void aClientThatCannotBeWrittenToStopsATaskThatNeedsIt() throws Exception {
        reset("/heard");
        assertThat(teller.interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aTaskThatNeedsNobodyGoesOnUntilTheDialectEnds() throws Exception {
        reset("/end");
        assertThat(teller.interrupted.await(300, TimeUnit.MILLISECONDS)).isFalse();
        teller.drain(Duration.ofMillis(10));
        assertThat(teller.interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }

    /** Reads the first line and resets the connection. */
    private void reset(String path) throws IOException {
        try (Socket socket = server.socket()) {
            socket.getOutputStream()
                    .write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isPositive();
            socket.setSoLinger(true, 0);
        }
    }

    /** Tells three steps; then the last one over and over until it is enough. */
    private static final class Teller extends DialectServlet {
        private static final long serialVersionUID = 1L;

        final transient CountDownLatch interrupted = new CountDownLatch(1);
        volatile boolean enough;

        Teller() {
            super((_, message) -> Map.of("error", message));
        }

        @Override
        protected void answer(Call call) throws IOException {
            NdjsonStream lines = call.ndjson();
            int told = call.path().equals("/heard")
                    ? call.whileHeard(lines, this::tell)
                    : call.toTheEnd(lines, this::tell);
            lines.send(Map.of("done", told));
        }

        private int tell(Consumer<Progress> told) {
            for (String step : "a b a".split(" ")) told.accept(Progress.step(step));
            try {
                while (!enough) {
                    told.accept(Progress.step("a"));
                    Thread.sleep(5);
                }
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw new PaddockException(Fault.CANCELLED, "interrupted", e);
            }
            return 3;
        }
    }
}
