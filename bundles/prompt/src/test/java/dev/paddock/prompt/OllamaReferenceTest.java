package dev.paddock.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.prompt.PromptInput;
import dev.paddock.prompt.go.GoTemplate;
import dev.paddock.prompt.go.GoTemplateException;
import dev.paddock.prompt.go.ThinkTags;
import dev.paddock.prompt.json.JsonReader;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Templates, variables and tags against what Ollama and the Go engine gave; see {@link ReferenceData}. */
class OllamaReferenceTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 1, 15);

    /** What in the engine's own tests needs Go itself: methods, functions, pointers, complex numbers, typed maps. */
    private static final List<String> NEEDS_GO =
            List.of(("V0 V1 W0 W2 Method0 Method1 Method3 GetU TrueFalse MAdd MyError"
                            + " Copy Str Err NonEmptyInterface VariadicFunc BinaryFunc ErrFunc NilOKFunc call add echo makemap count"
                            + " vfunc oneArg UPI EmptyUPI Empty4 ComplexZero 1.5i 7i 3i MI64S MI32S MUI64S MUI8S XXX NIL")
                    .split(" "));

    @Test
    void templatesOfOllamaRenderAsThere() {
        List<String> wrong = new ArrayList<>();
        int total = 0;
        for (var sample : ReferenceData.shared("gotemplate", "ollama.jsonl")) {
            total++;
            String template = (String) sample.get("template");
            if (sample.containsKey("error")) {
                assertThatThrownBy(() -> GoPrompt.parse(template))
                        .isInstanceOf(GoTemplateException.Syntax.class)
                        .hasMessageContaining((String) sample.get("error"));
                continue;
            }
            Object got = sample.containsKey("vars")
                    ? List.copyOf(GoPrompt.parse(template).names())
                    : rendered(template, sample);
            Object wanted = sample.getOrDefault("vars", sample.get("expected"));
            if (!got.equals(wanted)) wrong.add(sample.get("name") + "\n gave " + got + "\n wanted " + wanted);
        }
        report("Ollama's templates", total, wrong);
        assertThat(total).isGreaterThanOrEqualTo(88);
    }

    private static String rendered(String template, Map<String, Object> sample) {
        PromptInput input = Inputs.of(context(Inputs.map(sample.get("values"))));
        String text = GoPrompt.parse(template).render(input, TODAY);
        boolean trims = sample.containsKey("trim_one_trailing_space") && text.endsWith(" ");
        return trims ? text.substring(0, text.length() - 1) : text;
    }

    /** From Go's names of fields to ours. */
    private static Map<String, Object> context(Map<String, Object> values) {
        Map<String, Object> context = new LinkedHashMap<>(values);
        if (values.containsKey("Prompt")) {
            context.put("messages", List.of(Map.of("role", "user", "content", values.get("Prompt"))));
        } else context.put("messages", messages(values));
        context.put(
                "tools",
                Inputs.maps(values.get("Tools")).stream()
                        .map(tool -> json(tool))
                        .toList());
        context.put("suffix", values.getOrDefault("Suffix", ""));
        return context;
    }

    private static List<Map<String, Object>> messages(Map<String, Object> values) {
        List<Map<String, Object>> messages = new ArrayList<>();
        for (var given : Inputs.maps(values.get("Messages"))) {
            Map<String, Object> message = new LinkedHashMap<>();
            message.put("role", given.get("Role"));
            message.put("content", given.get("Content"));
            message.put("tool_name", given.get("ToolName"));
            message.put(
                    "tool_calls",
                    Inputs.maps(given.get("ToolCalls")).stream()
                            .map(OllamaReferenceTest::call)
                            .toList());
            messages.add(message);
        }
        return messages;
    }

    private static Map<String, Object> call(Map<String, Object> call) {
        Map<String, Object> function = Inputs.map(call.get("Function"));
        return Map.of("id", call.get("ID"), "name", function.get("Name"), "arguments", function.get("Arguments"));
    }

    /** Field names become keys; the names of properties stay as they are. */
    private static Map<String, Object> json(Map<String, Object> struct) {
        Map<String, Object> json = new LinkedHashMap<>();
        struct.forEach((name, value) -> {
            boolean named = name.equals("Properties");
            Object plain = value;
            if (named) {
                Map<String, Object> properties = new LinkedHashMap<>();
                Inputs.map(value).forEach((key, property) -> properties.put(key, json(Inputs.map(property))));
                plain = properties;
            } else if (value instanceof Map<?, ?>) plain = json(Inputs.map(value));
            json.put(Character.toLowerCase(name.charAt(0)) + name.substring(1), plain);
        });
        return json;
    }

    @Test
    void tagsAreReadOffTemplatesAsOllamaDoes() {
        List<String> wrong = new ArrayList<>();
        int total = 0;
        for (var sample : ReferenceData.shared("gotemplate", "ollama-ast.jsonl")) {
            total++;
            var template = GoTemplate.parse((String) sample.get("template"));
            Object got = sample.get("kind").equals("parseTag")
                    ? template.toolTag()
                    : template.thinkTags().map(OllamaReferenceTest::pair).orElse(List.of("", ""));
            if (!got.equals(sample.get("want"))) wrong.add(sample.get("name") + " gave " + got);
        }
        report("tags of templates", total, wrong);
        assertThat(total).isGreaterThanOrEqualTo(26);
    }

    private static List<String> pair(ThinkTags tags) {
        return List.of(tags.open(), tags.close());
    }

    @Test
    void theEnginesOwnTestsGiveTheSameText() {
        List<String> wrong = new ArrayList<>();
        int data = 0;
        int fixture = 0;
        int skipped = 0;
        for (var sample : ReferenceData.shared("gotemplate", "go-engine.jsonl")) {
            String template = (String) sample.get("template");
            boolean own = !sample.containsKey("fixture");
            if (!own && needsGo(template)) {
                skipped++;
                continue;
            }
            if (own) data++;
            else fixture++;
            Object values = own ? sample.get("data") : fixture();
            String got;
            try {
                got = GoTemplate.parse(template).render(values, TODAY);
            } catch (GoTemplateException e) {
                got = "failed: " + e.getMessage();
            }
            if (!got.equals(sample.get("expected")))
                wrong.add(template + "\n gave " + got + "\n wanted " + sample.get("expected"));
        }
        System.out.println("reference Go's engine: " + data + " with data, " + fixture + " with its fixture as data, "
                + skipped + " need Go and were skipped");
        report("Go's engine", data + fixture, wrong);
        assertThat(data).isGreaterThanOrEqualTo(19);
        assertThat(fixture).isGreaterThanOrEqualTo(80);
    }

    private static boolean needsGo(String template) {
        return List.of(template.split("[^A-Za-z0-9.]+|(?<![0-9])\\.")).stream().anyMatch(NEEDS_GO::contains);
    }

    /** The fixture of the engine's tests, as far as it is data. */
    private static Map<String, Object> fixture() {
        return JsonReader.object("""
                        {"True": true, "I": 17, "U16": 16, "X": "x", "S": "xyz", "U": {"V": "v"}, "PI": 23, "PS": "a string",
                         "PSI": [21, 22, 23], "SI": [3, 4, 5], "AI": [3, 4, 5], "PAI": [3, 4, 5], "SIEmpty": [],
                         "MSI": {"one": 1, "two": 2, "three": 3}, "MSIone": {"one": 1}, "MSIEmpty": {}, "MXI": {"one": 1},
                         "Empty1": 3, "Empty2": "empty2", "Empty3": [7, 8], "FloatZero": 0.0, "NonEmptyInterfacePtS": ["a", "b"]}
                        """).orElseThrow();
    }

    private static void report(String what, int total, List<String> wrong) {
        System.out.println("reference " + what + ": " + (total - wrong.size()) + " of " + total);
        assertThat(wrong).isEmpty();
    }
}
