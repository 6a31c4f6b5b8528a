package dev.paddock.cli.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.cli.http.Json;
import dev.paddock.cli.server.Failure;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class BatchTest {
    private static final String ONE = "{\"kind\":\"jinja\",\"template\":\"%s\",\"context\":%s}";

    private static List<String> lines(byte[] input) throws IOException {
        var out = new ByteArrayOutputStream();
        new Batch(new ByteArrayInputStream(input), new PrintStream(out, false, StandardCharsets.UTF_8)).run();
        return List.of(out.toString(StandardCharsets.UTF_8).split("\n"));
    }

    private static List<String> lines(String... input) throws IOException {
        return lines(String.join("\n", input).getBytes(StandardCharsets.UTF_8));
    }

    private static String text(String template, String context) throws IOException {
        String line = lines(ONE.formatted(template, context)).getFirst();
        return Json.text(Json.object(line.getBytes(StandardCharsets.UTF_8)), "text");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{{ a }}; {\"a\":1}; 1",
                "{{ a }}; {\"a\":1.0}; 1.0",
                "{{ a }}; {\"a\":1e2}; 100.0",
                "{{ a + 1 }}; {\"a\":12345678901234567890123}; 12345678901234567890124",
                "{{ a }}; {\"a\":{\"z\":null,\"b\":true,\"a\":[1,2.50]}}; {'z': None, 'b': True, 'a': [1, 2.5]}",
                "{{ a|tojson }}; {\"a\":{\"z\":null,\"b\":-0.0}}; {\"z\": null, \"b\": -0.0}",
                "{{ a|length }}; {\"a\":\"\uD83D\uDC0E\\u00e4\"}; 2",
                "{{ a }}; {\"a\":1,\"a\":2}; 2",
                "{{ nothing }}; null; ``"
            })
    void whatJsonSaysIsWhatATemplateGets(String template, String context, String text) throws IOException {
        assertThat(text(template, context)).isEqualTo(text);
    }

    @Test
    void onlyALineFeedEndsALineAndNothingElseIsInAnAnswer() throws IOException {
        String odd = "a\u2028b\u2029c\u0085d\\u2028\\r\\n\\u0000\\u001c\\ud83d";
        var lines = lines(ONE.formatted("{{ a }}", "{\"a\":\"" + odd + "\"}") + "\r", ONE.formatted("b", "{}"));
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst())
                .isEqualTo("{\"text\":\"a\\u2028b\\u2029c\\u0085d\\u2028\\r\\n\\u0000\\u001c\\ud83d\"}");
        assertThat(lines.getLast()).isEqualTo("{\"text\":\"b\"}");
    }

    @Test
    void everyCharacterComesBackAndLongTextsToo() throws IOException {
        var all = new StringBuilder();
        for (int c = 0; c < 0x11000; c++) if (c < 0xd800 || c > 0xdfff) all.appendCodePoint(c);
        var order = Map.of("kind", "jinja", "template", "{{ a }}", "context", Map.of("a", all + "\ud800x\udc00"));
        String line = lines(Json.bytes(order)).getFirst();
        assertThat(Json.object(line.getBytes(StandardCharsets.UTF_8))).containsEntry("text", all + "\ud800x\udc00");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"kind\":\"jinja\",\"template\":\"{{ raise_exception('no\\\\n!') }}\"}; raise; !",
                "{\"kind\":\"jinja\",\"template\":\"a{{\"}; syntax; line 1, column 4",
                "{\"kind\":\"jinja\",\"template\":\"{{ a.b.c }}\",\"context\":{}}; runtime; line 1",
                "{\"kind\":\"jinja\",\"template\":\"{{ [].append(1) }}\",\"context\":{}}; runtime; line 1",
                "{\"kind\":\"go\",\"template\":\"a{{\"}; syntax; line 1, column",
                "{\"kind\":\"go\",\"template\":\"{{ index .a 3 }}\",\"context\":{\"a\":[1]}}; runtime; line 1, column",
                "{\"kind\":\"go\",\"template\":\"{{ range .Messages }}{{ end }}{{ template \\\"a\\\" }}{{ define \\\"a\\\" }}{{ end }}\",\"context\":{\"Messages\":[]}}; syntax; without a value",
                "`not json`; input; not JSON",
                "`{\"kind\":\"jinja\",\"template\":\"a\"`; input; not JSON",
                "{\"kind\":\"jinja\",\"template\":\"a\"} {}; input; not JSON",
                "[]; input; must be a JSON object",
                "``; input; not JSON",
                "{\"template\":\"a\"}; input; \"kind\"",
                "{\"kind\":\"Jinja\",\"template\":\"a\"}; input; \"kind\"",
                "{\"kind\":\"jinja\",\"template\":1}; input; \"template\"",
                "{\"kind\":\"jinja\",\"template\":\"a\",\"context\":[]}; input; \"context\"",
                "{\"kind\":\"jinja\",\"template\":\"a\",\"now\":\"today\"}; input; not today",
                "{\"kind\":\"jinja\",\"template\":\"a\",\"now\":7}; input; \"now\"",
                "{\"kind\":\"jinja\",\"template\":\"a\",\"lenient\":1}; input; \"lenient\""
            })
    void whatFailsHasItsKindAndTheNextLineGoesOn(String line, String kind, String words) throws IOException {
        var lines = lines(line == null ? "" : line, ONE.formatted("next", "{}"));
        var error = Json.map(Json.object(lines.getFirst().getBytes(StandardCharsets.UTF_8)), "error");
        assertThat(error).containsEntry("kind", kind);
        assertThat(Json.text(error, "message")).contains(words.strip());
        assertThat(lines.getLast()).isEqualTo("{\"text\":\"next\"}");
    }

    @Test
    void goTemplatesTakeVariablesOrOllamasValues() throws IOException {
        var lines = lines(
                "{\"kind\":\"go\",\"template\":\"{{ .a }} {{ .b }} {{ currentDate }}\",\"context\":{\"a\":1},\"now\":\"2026-01-15T14:05:09\"}",
                "{\"kind\":\"go\",\"template\":\"{{ . }}\",\"context\":[1,2]}",
                "{\"kind\":\"go\",\"template\":\"{{ .System }}|{{ .Prompt }}>{{ .Response }}<\","
                        + "\"context\":{\"Messages\":[{\"Role\":\"system\",\"Content\":\"s\"},{\"Role\":\"user\",\"Content\":\"u\"}]}}");
        assertThat(lines)
                .containsExactly(
                        "{\"text\":\"1 <no value> 2026-01-15\"}", "{\"text\":\"[1 2]\"}", "{\"text\":\"s|u>\"}");
    }

    @Test
    void theTimeIsGivenOrNow() throws IOException {
        String date = "{\"kind\":\"jinja\",\"template\":\"{{ strftime_now('%%Y-%%m-%%d %%H:%%M:%%S') }}\"%s}";
        var lines = lines(date.formatted(",\"now\":\"2026-01-15T14:05:09\""), date.formatted(""));
        assertThat(lines.getFirst()).isEqualTo("{\"text\":\"2026-01-15 14:05:09\"}");
        assertThat(lines.getLast()).matches("\\{\"text\":\"20\\d\\d-.*");
    }

    @Test
    void aLineThatIsTooLongIsPassedOver() throws IOException {
        byte[] line = new byte[Batch.LONGEST_LINE + 1];
        var input = new ByteArrayOutputStream();
        input.write(line);
        input.write(("\n" + ONE.formatted("next", "{}") + "\n").getBytes(StandardCharsets.UTF_8));
        input.write(line);
        var lines = lines(input.toByteArray());
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).contains("\"input\"", "longer than 8388608 bytes");
        assertThat(lines.get(1)).isEqualTo("{\"text\":\"next\"}");
        assertThat(lines.get(2)).isEqualTo(lines.get(0));
    }

    @Test
    void whoWaitsForAnAnswerGetsItBeforeTheNextLine() throws Exception {
        var input = new PipedOutputStream();
        var output = new PipedInputStream();
        var in = new PipedInputStream(input);
        var out = new PrintStream(new BufferedOutputStream(new PipedOutputStream(output)));
        var done = CompletableFuture.runAsync(() -> run(in, out));
        for (int i = 0; i < 3; i++) {
            input.write((ONE.formatted(i, "{}") + "\n").getBytes(StandardCharsets.UTF_8));
            assertThat(line(output)).isEqualTo("{\"text\":\"" + i + "\"}");
        }
        input.close();
        done.join();
    }

    private static void run(InputStream in, PrintStream out) {
        try {
            new Batch(in, out).run();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) line.write(b);
        return line.toString(StandardCharsets.UTF_8);
    }

    @Test
    void itEndsWhenNobodyTakesWhatItWrites() {
        var closed = new PrintStream(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("closed");
            }
        });
        var endless = new InputStream() {
            @Override
            public int read() {
                return '\n';
            }
        };
        assertThatThrownBy(() -> new Batch(endless, closed).run()).isInstanceOf(Failure.class);
    }

    @Test
    void noInputIsNoOutput() throws IOException {
        assertThat(lines(new byte[0])).containsExactly("");
        assertThat(lines("\n".getBytes(StandardCharsets.UTF_8))).hasSize(1);
    }
}
