package dev.paddock.dialect.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class TransferRoutesTest {
    private OllamaFixture ollama;

    @BeforeEach
    void start() throws Exception {
        ollama = new OllamaFixture();
    }

    @AfterEach
    void stop() {
        ollama.close();
    }

    @Test
    void pullingTellsEachStepAsItsClientsKnowIt() throws Exception {
        var pulled = ollama.post("/api/pull", "{\"model\":\"tiny\",\"password\":\"x\",\"username\":\"y\"}");
        String hex = ScriptedTransfer.LAYER.hex();
        assertThat(pulled.headers().firstValue("Content-Type")).contains("application/x-ndjson");
        assertThat(pulled.headers().firstValue("X-Paddock-Ignored")).contains("password, username");
        assertThat(pulled.body()).isEqualTo("""
                {"status":"pulling manifest"}
                {"status":"pulling %s","digest":"sha256:%s","total":1,"completed":1}
                {"status":"success"}
                """.formatted(hex.substring(0, 12), hex));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            pull | {"name":"a/b"}                                | registry.ollama.ai/a/b:latest  | false | false
            pull | {"model":"h:5000/n/m:q","insecure":true}      | h:5000/n/m:q                   | false | true
            pull | {"model":"http://h/n/m"}                      | h/n/m:latest                   | true  | false
            pull | {"model":"HF.co/u/r.gguf:Q4_K_M:local"}       | HF.co/u/r.gguf:Q4_K_M          | false | false
            push | {"model":"http://127.0.0.1:5000/n/m:v"}       | 127.0.0.1:5000/n/m:v           | true  | false
            push | {"model":"me/m","insecure":true}              | registry.ollama.ai/me/m:latest | false | true
            """)
    void whereAModelIsFetchedIsReadFromItsName(String what, String body, String name, boolean plain, boolean insecure)
            throws Exception {
        assertThat(ollama.post("/api/" + what, body).body()).endsWith("{\"status\":\"success\"}\n");
        var remote = dev.paddock.api.transfer.RemoteModel.parse((plain ? "http://" : "") + name);
        assertThat(ollama.transfer.asked).containsExactly(what + " " + remote + " " + insecure);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pull", "push"})
    void withoutAStreamTheLastStepIsTheAnswer(String what) throws Exception {
        var answer = ollama.post("/api/" + what, "{\"model\":\"tiny\",\"stream\":false}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.body()).isEqualTo("{\"status\":\"success\"}");
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "CANCELLED")
    void aFailureIsALineOfTheStreamAndWithoutAStreamThe500ItIsInOllama(Fault fault) throws Exception {
        ollama.transfer.failure = new PaddockException(fault, "pull model manifest: file does not exist");
        var streamed = ollama.post("/api/pull", "{\"model\":\"tiny\"}");
        assertThat(streamed.statusCode()).isEqualTo(200);
        assertThat(streamed.body()).isEqualTo("""
                {"status":"pulling manifest"}
                {"error":"pull model manifest: file does not exist"}
                """);
        var whole = ollama.post("/api/pull", "{\"model\":\"tiny\",\"stream\":false}");
        assertThat(whole.statusCode()).isEqualTo(500);
        assertThat(OllamaFixture.json(whole.body()))
                .isEqualTo(Map.of("error", "pull model manifest: file does not exist"));
    }

    @Test
    void aNameThatIsNoneIsFoundOutWhilePushing() throws Exception {
        var pushed = ollama.post("/api/push", "{\"model\":\"h:5000/m\"}");
        assertThat(pushed.statusCode()).isEqualTo(200);
        assertThat(pushed.body()).isEqualTo("""
                {"status":"retrieving manifest"}
                {"status":"couldn't retrieve manifest"}
                {"error":"invalid model name"}
                """);
        assertThat(ollama.transfer.asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"pull, true", "pull, false", "push, true"})
    void aClientThatGoesAwayStopsTheTransfer(String what, boolean stream) throws Exception {
        ollama.transfer.endless = true;
        var answer = CompletableFuture.supplyAsync(
                () -> post("/api/" + what, "{\"model\":\"tiny\",\"stream\":" + stream + "}"));
        assertThat(ollama.transfer.begun.await(10, TimeUnit.SECONDS)).isTrue();
        ollama.server.hangUp();
        assertThat(ollama.transfer.interrupted.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(answer.get(10, TimeUnit.SECONDS)).contains("request canceled");
        assertThat(ollama.server.watches()).isZero();
    }

    @Test
    void theEndOfTheDialectStopsATransfer() throws Exception {
        ollama.transfer.endless = true;
        var answer = CompletableFuture.supplyAsync(() -> post("/api/pull", "{\"model\":\"tiny\"}"));
        assertThat(ollama.transfer.begun.await(10, TimeUnit.SECONDS)).isTrue();
        ollama.models.stop();
        assertThat(ollama.transfer.interrupted.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(answer.get(10, TimeUnit.SECONDS)).contains("{\"error\":\"this part of the server is stopping");
    }

    /** The client reads nothing until the transfer is over, however much it was told. */
    @Test
    void aClientThatDoesNotReadHoldsNobodyUp() throws Exception {
        ollama.transfer.figures = 300_000;
        ollama.transfer.endless = true;
        try (Socket socket = ollama.server.socket()) {
            socket.getOutputStream().write(request("{\"model\":\"tiny\"}"));
            assertThat(ollama.transfer.begun.await(20, TimeUnit.SECONDS)).isTrue();
            ollama.server.hangUp();
            assertThat(ollama.transfer.interrupted.await(10, TimeUnit.SECONDS)).isTrue();
            String all = read(socket);
            assertThat(all).contains("\"total\":300000,\"completed\":300000", "{\"error\":\"request canceled\"}");
            assertThat(all.lines().filter(line -> line.contains("completed")).count())
                    .as("figures that were overtaken are left out")
                    .isLessThan(300_000);
        }
    }

    private static byte[] request(String body) {
        return ("POST /api/pull HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: " + body.length()
                        + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String read(Socket socket) throws IOException {
        var all = new ByteArrayOutputStream();
        socket.getInputStream().transferTo(all);
        return all.toString(StandardCharsets.UTF_8);
    }

    private String post(String path, String body) {
        try {
            return ollama.post(path, body).body();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
