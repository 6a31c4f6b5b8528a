package dev.paddock.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.paddock.api.settings.HostAddress;
import dev.paddock.cli.server.Failure;
import dev.paddock.cli.server.Site;
import dev.paddock.cli.server.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplTest {
    private final List<String> bodies = new ArrayList<>();
    private final Deque<String> answers = new ArrayDeque<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private HttpServer server;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] answer = answers.removeFirst().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private void type(String... lines) {
        Deque<String> typed = new ArrayDeque<>(List.of(lines));
        type(_ -> typed.pollFirst());
    }

    private void type(Prompt prompt) {
        var address = HostAddress.parse("127.0.0.1:" + server.getAddress().getPort());
        Site site = new Site(
                address,
                Path.of("unused"),
                Optional.empty(),
                new Terminal(false, false, false),
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        new Repl(site, new Conversation(site.api(), "m", new Manner()), prompt).loop();
    }

    private static String says(String content) {
        return "{\"message\":{\"content\":\"" + content + "\"},\"done\":true}\n";
    }

    @Test
    void theConversationIsRememberedUntilItIsCleared() {
        answers.addAll(List.of(says("one"), says("two"), says("three")));
        type("a", "b", "/clear", "c", "/bye", "never");
        assertThat(out.toString()).contains("one\n\n", "two\n\n", "Cleared session context", "three\n\n");
        assertThat(bodies).hasSize(3);
        assertThat(bodies.get(1)).contains("\"a\"", "\"one\"", "\"b\"");
        assertThat(bodies.get(2)).contains("\"c\"").doesNotContain("\"a\"", "\"one\"");
    }

    @Test
    void whatIsSetGoesIntoTheNextRequest() {
        answers.add(says("x"));
        type("/set system Be brief.", "/set parameter num_ctx 64", "/set think low", "/set format json", "Hi");
        assertThat(bodies.getFirst())
                .contains("\"Be brief.\"", "\"num_ctx\":64", "\"think\":\"low\"", "\"format\":\"json\"");
        assertThat(out.toString())
                .contains("Set system message.", "Set parameter 'num_ctx' to '64'", "Set format to 'json' mode.");
    }

    @Test
    void aFailureIsToldForgottenAndThePromptComesBack() {
        answers.addAll(List.of("{\"error\":\"no room\"}\n", says("fine")));
        type("first", "second");
        assertThat(err.toString()).contains("Error: no room");
        assertThat(bodies.get(1)).doesNotContain("first");
        assertThat(out.toString()).contains("fine");
    }

    @Test
    void severalLinesAreOneMessage() {
        answers.add(says("x"));
        type("\"\"\"one", "two\"\"\"");
        assertThat(bodies.getFirst()).contains("\"one\\ntwo\"");
    }

    @Test
    void nonsenseIsAnsweredWithAdvice() {
        type(
                "/dance",
                "/set",
                "/set parameter x",
                "/set parameter speed 1",
                "/set think deep",
                "/show",
                "/load",
                "/?",
                "");
        assertThat(out.toString())
                .contains("Unknown command '/dance'", "Unknown command '/set '", "Usage: /set parameter");
        assertThat(err.toString()).contains("unknown parameter 'speed'", "invalid think value", "/bye");
        assertThat(bodies).isEmpty();
    }

    @Test
    void ctrlCAtThePromptForgetsTheEntryAndGoesOn() {
        answers.add(says("x"));
        Deque<String> typed = new ArrayDeque<>(List.of("\"\"\"half", "^C", "whole"));
        type(_ -> {
            if ("^C".equals(typed.peekFirst())) throw new Failure(Failure.INTERRUPTED, typed.pollFirst());
            return typed.pollFirst();
        });
        assertThat(err.toString()).contains("/bye to exit");
        assertThat(bodies.getFirst()).contains("\"whole\"").doesNotContain("half");
    }
}
