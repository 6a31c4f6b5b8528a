package dev.paddock.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.paddock.api.settings.HostAddress;
import dev.paddock.cli.server.Failure;
import dev.paddock.cli.server.Site;
import dev.paddock.cli.server.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplTest {
    private final List<String> bodies = new ArrayList<>();
    private final Deque<String> answers = new ArrayDeque<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Manner manner = new Manner();
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

    private void type(String... entries) {
        Deque<String> typed = new ArrayDeque<>(List.of(entries));
        type(typed::pollFirst);
    }

    private void type(Prompt prompt) {
        Site site = site("");
        new Repl(site, new Conversation(site.api(), "m", manner), prompt).loop();
    }

    private Site site(String input) {
        var address = HostAddress.parse("127.0.0.1:" + server.getAddress().getPort());
        return new Site(
                address,
                Path.of("unused"),
                Optional.empty(),
                new Terminal(false, false, false),
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
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
        answers.addAll(List.of("{\"capabilities\":[\"completion\"]}", says("x")));
        type("/set system Be brief.", "/set parameter num_ctx 64", "/set think low", "/set format json", "Hi");
        assertThat(err.toString()).contains("warning: model \"m\" does not support thinking output");
        assertThat(bodies.getLast())
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
        Site site = site("\"\"\"one\ntwo\"\"\"\n/bye\n");
        type(new PlainLines(site.in(), site.out()));
        assertThat(out.toString()).contains(">>> ... x");
        assertThat(bodies.getFirst()).contains("\"one\\ntwo\"");
    }

    @Test
    void whatWasSaidIsSavedAsAModel() {
        answers.addAll(List.of(says("Hello."), "{\"status\":\"success\"}"));
        type("/set parameter seed 4", "/set system Be kind.", "Hi", "/save mine", "/save");
        assertThat(bodies.get(1))
                .contains("\"model\":\"mine\"", "\"from\":\"m\"", "\"system\":\"Be kind.\"", "\"seed\":4")
                .contains("\"content\":\"Hello.\"", "\"role\":\"assistant\"");
        assertThat(out.toString()).contains("Created new model 'mine'");
    }

    @Test
    void anImageIsSentByItsPath(@TempDir Path directory) throws IOException {
        Path image = directory.resolve("my cat.png");
        Files.write(image, new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 0, 0});
        answers.add(says("A cat."));
        type("What is " + image.toString().replace(" ", "\\ ") + " showing?", "/nowhere.png");
        assertThat(bodies.getFirst()).contains("\"images\":[\"iVBORw0KGgoAAAAAAA==\"]", "What is  showing?");
        assertThat(err.toString()).contains("Added image '" + image + "'");
        assertThat(out.toString()).contains("A cat.", "Unknown command '/nowhere.png'");
        Files.writeString(image, "This is no picture at all.");
        type(image.toString().replace(" ", "\\ "));
        assertThat(err.toString()).contains("invalid file type");
    }

    @Test
    void helpHasTopics() {
        type("/? set", "/? shortcuts", "/set nowordwrap", "/set wordwrap");
        assertThat(err.toString())
                .contains("/set wordwrap", "Ctrl + w", "/set history, nohistory", "Ctrl + r", "Ctrl + b");
        assertThat(out.toString()).contains("Set 'nowordwrap' mode.", "Set 'wordwrap' mode.");
    }

    @Test
    void nonsenseIsAnsweredWithAdvice() {
        type("/dance", "/set", "/set parameter x", "/set parameter speed 1", "/show", "/load", "/?", "");
        assertThat(out.toString())
                .contains("Unknown command '/dance'", "Unknown command '/set '", "Usage: /set parameter");
        assertThat(err.toString()).contains("unknown parameter 'speed'", "/bye");
        assertThat(bodies).isEmpty();
    }

    @Test
    void ctrlCAtAnEmptyPromptSaysHowToLeave() {
        answers.add(says("x"));
        Deque<String> typed = new ArrayDeque<>(List.of("^C", "whole"));
        type(() -> {
            if ("^C".equals(typed.peekFirst())) throw new Failure(Failure.INTERRUPTED, typed.pollFirst());
            return typed.pollFirst();
        });
        assertThat(err.toString()).contains("Use Ctrl + d or /bye to exit.");
        assertThat(bodies.getFirst()).contains("\"whole\"");
    }

    @Test
    void whetherWhatIsTypedIsKeptCanBeSwitched() {
        type("/set nohistory");
        assertThat(manner.historyKept()).isFalse();
        type("/set history");
        assertThat(manner.historyKept()).isTrue();
        assertThat(out.toString()).contains("Set 'nohistory' mode.", "Set 'history' mode.");
    }

    @Test
    void whatIsCompletedIsKnown() {
        answers.addAll(List.of("{\"capabilities\":[]}", "{\"capabilities\":[]}"));
        var completer = new EntryCompleter(() -> List.of("starter:latest"));
        assertThat(completer.words(List.of("/lo"))).contains("/load", "/bye");
        assertThat(completer.words(List.of("/load", "s"))).containsExactly("starter:latest");
        assertThat(completer.words(List.of("Load", ""))).isEmpty();
        assertThat(completer.words(List.of("/load", "starter:latest", ""))).isEmpty();
        completer.words(List.of("/set", "")).forEach(name -> type("/set " + name));
        completer.words(List.of("/? ", "")).forEach(topic -> type("/? " + topic));
        assertThat(out.toString()).doesNotContain("Unknown command");
    }
}
