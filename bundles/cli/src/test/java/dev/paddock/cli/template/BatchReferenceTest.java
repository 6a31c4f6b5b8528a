package dev.paddock.cli.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.cli.http.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * All reference cases through the batch, which reads and writes their JSON. The data is not part of the repository: it
 * lies in {@code shared/data} beside the checkout, or where the system property {@code paddock.reference.data} says.
 */
class BatchReferenceTest {
    private static final String NOW = "2026-01-15T14:05:09";
    private static final int FAILURES_SHOWN = 20;

    private final ByteArrayOutputStream orders = new ByteArrayOutputStream();
    private final List<Map<String, Object>> cases = new ArrayList<>();

    @Test
    void realJinjaTemplatesRenderAsInPython() throws IOException {
        Map<Object, Object> templates = byName("templates.jsonl", "template", "text");
        Map<Object, Object> contexts = byName("contexts.jsonl", "context", "value");
        for (var sample : read("jinja/cases.jsonl")) {
            add("jinja", templates.get(sample.get("template")), contexts.get(sample.get("context")), false, sample);
        }
        check("real Jinja templates", 6000);
    }

    @Test
    void whatTheStrictSandboxRefusesTheLenientOneRenders() throws IOException {
        Map<Object, Object> templates = byName("templates.jsonl", "template", "text");
        Map<Object, Object> contexts = byName("contexts.jsonl", "context", "value");
        for (var sample : read("jinja/cases-lenient.jsonl")) {
            // Two of them are of a template that the folder does not hold.
            if (!templates.containsKey(sample.get("template"))) continue;
            add("jinja", templates.get(sample.get("template")), contexts.get(sample.get("context")), true, sample);
        }
        check("real Jinja templates, lenient", 89);
    }

    @Test
    void featuresOfJinjaBehaveAsInPython() throws IOException {
        for (var sample : read("jinja/micro.jsonl")) {
            add("jinja", sample.get("template"), sample.get("context"), false, sample);
        }
        check("features of Jinja", 1300);
    }

    @Test
    void goTemplatesRenderAsInGoAndOllama() throws IOException {
        for (var sample : read("gotemplate/ollama.jsonl")) {
            if (sample.containsKey("vars")) continue;
            add("go", sample.get("template"), values(sample.get("values")), false, sample);
        }
        for (var sample : read("gotemplate/go-engine.jsonl")) {
            if (!sample.containsKey("fixture")) add("go", sample.get("template"), sample.get("data"), false, sample);
        }
        check("Go templates", 95);
    }

    /** The clock is given beside the values, not among them. */
    private static Object values(Object values) {
        Map<Object, Object> copy = new LinkedHashMap<>((Map<?, ?>) values);
        copy.remove("Now");
        return copy;
    }

    private void add(String kind, Object template, Object context, boolean lenient, Map<String, Object> sample) {
        Map<String, Object> order = new LinkedHashMap<>();
        order.put("kind", kind);
        order.put("template", template);
        order.put("context", context);
        order.put("now", NOW);
        if (lenient) order.put("lenient", true);
        orders.writeBytes(Json.bytes(order));
        orders.write('\n');
        cases.add(sample);
    }

    private void check(String what, int least) throws IOException {
        var out = new ByteArrayOutputStream();
        var in = new ByteArrayInputStream(orders.toByteArray());
        long started = System.nanoTime();
        new Batch(in, new PrintStream(out, false, StandardCharsets.UTF_8)).run();
        double seconds = (System.nanoTime() - started) / 1e9;
        List<String> lines = List.of(out.toString(StandardCharsets.UTF_8).split("\n"));
        assertThat(lines).hasSameSizeAs(cases);
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            var answer = Json.object(lines.get(i).getBytes(StandardCharsets.UTF_8));
            if (!right(cases.get(i), answer)) wrong.add(cases.get(i) + "\n   gave " + lines.get(i));
        }
        System.out.printf(
                "batch: %s: %d of %d right, %.0f lines/s%n",
                what, cases.size() - wrong.size(), cases.size(), cases.size() / seconds);
        assertThat(wrong.stream().limit(FAILURES_SHOWN)).isEmpty();
        assertThat(cases).hasSizeGreaterThanOrEqualTo(least);
    }

    private static boolean right(Map<String, Object> sample, Map<String, Object> answer) {
        if (!sample.containsKey("error")) {
            String text = Json.text(answer, "text");
            boolean trims = sample.containsKey("trim_one_trailing_space") && text.endsWith(" ");
            return answer.containsKey("text")
                    && (trims ? text.substring(0, text.length() - 1) : text).equals(sample.get("expected"));
        }
        var error = Json.map(answer, "error");
        if (sample.get("error") instanceof String) return !error.isEmpty(); // Ollama's, which has no kinds
        var wanted = Json.map(sample, "error");
        boolean raised = "raise".equals(wanted.get("kind"));
        return Objects.equals(error.get("kind"), wanted.get("kind"))
                && (!raised || Objects.equals(error.get("message"), wanted.get("message")));
    }

    private static Map<Object, Object> byName(String file, String key, String value) {
        Map<Object, Object> map = new HashMap<>();
        for (var line : read("jinja/" + file)) map.put(line.get(key), line.get(value));
        return map;
    }

    private static List<Map<String, Object>> read(String file) {
        Path path = folder().resolve(file);
        assumeTrue(Files.isReadable(path), "reference data not found, skipped: " + file);
        List<Map<String, Object>> lines = new ArrayList<>();
        try {
            for (String line : Files.readString(path).split("\n")) {
                if (!line.isEmpty()) lines.add(Json.object(line.getBytes(StandardCharsets.UTF_8)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }

    private static Path folder() {
        String given = System.getProperty("paddock.reference.data");
        if (given != null) return Path.of(given);
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path data = at.resolve("shared").resolve("data");
            if (Files.isDirectory(data)) return data;
        }
        return Path.of("no-reference-data");
    }
}
