package dev.paddock.cli.text;

import dev.paddock.cli.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The answer of {@code /api/show} for people: sections of two columns, as Ollama prints them. */
public final class ModelCard {
    private static final int TEXT_LINES = 2;

    private final Map<String, Object> shown;
    private final boolean verbose;
    private final StringBuilder text = new StringBuilder();

    public ModelCard(Map<String, Object> shown, boolean verbose) {
        this.shown = shown;
        this.verbose = verbose;
    }

    @Override
    public String toString() {
        text.setLength(0);
        section("Model", model());
        section("Capabilities", singles(shown.get("capabilities")));
        section("Projector", projector());
        section("Parameters", parameters());
        if (verbose) {
            section("Metadata", metadata());
            section("Tensors", tensors());
        }
        section("System", beginning(Json.text(shown, "system")));
        section("License", beginning(Json.text(shown, "license")));
        return text.toString();
    }

    private List<String[]> model() {
        Map<String, Object> info = Json.map(shown, "model_info");
        Map<String, Object> details = Json.map(shown, "details");
        String architecture = Json.text(info, "general.architecture");
        if (architecture.isEmpty()) architecture = Json.text(details, "family");
        List<String[]> rows = new ArrayList<>();
        add(rows, "architecture", architecture);
        add(rows, "parameters", Json.text(details, "parameter_size"));
        add(rows, "context length", Json.text(info, architecture + ".context_length"));
        add(rows, "embedding length", Json.text(info, architecture + ".embedding_length"));
        add(rows, "quantization", Json.text(details, "quantization_level"));
        add(rows, "prompt", prompt(Json.map(shown, "prompt")));
        add(rows, "requires", Json.text(shown, "requires"));
        add(rows, "damaged", Json.text(shown, "damaged"));
        return rows;
    }

    private static String prompt(Map<String, Object> path) {
        return path.isEmpty() ? "" : Json.text(path, "why") + ", format " + Json.text(path, "format");
    }

    private List<String[]> projector() {
        Map<String, Object> info = Json.map(shown, "projector_info");
        List<String[]> rows = new ArrayList<>();
        add(rows, "architecture", Json.text(info, "general.architecture"));
        long parameters = Json.number(info, "general.parameter_count");
        if (parameters > 0) add(rows, "parameters", Figures.count(parameters));
        for (String kind : List.of("vision", "audio")) {
            add(rows, "embedding length", Json.text(info, "clip." + kind + ".embedding_length"));
            add(rows, "dimensions", Json.text(info, "clip." + kind + ".projection_dim"));
        }
        return rows;
    }

    private static void add(List<String[]> rows, String name, String value) {
        if (!value.isEmpty()) rows.add(new String[] {name, value});
    }

    private static List<String[]> singles(Object list) {
        if (!(list instanceof List<?> values)) return List.of();
        return values.stream()
                .map(value -> new String[] {String.valueOf(value), ""})
                .toList();
    }

    private List<String[]> parameters() {
        return Json.text(shown, "parameters")
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> line.strip().split("\\s+", 2))
                .map(pair -> new String[] {pair[0], pair.length > 1 ? pair[1] : ""})
                .toList();
    }

    private List<String[]> metadata() {
        List<String[]> rows = new ArrayList<>();
        new TreeMap<>(Json.map(shown, "model_info")).forEach((key, value) -> add(rows, key, brief(value)));
        return rows;
    }

    private List<String[]> tensors() {
        List<String[]> rows = new ArrayList<>();
        for (Map<String, Object> tensor : Json.maps(shown, "tensors")) {
            add(rows, Json.text(tensor, "name"), Json.text(tensor, "type") + " " + shape(tensor.get("shape")));
        }
        return rows;
    }

    /** As Ollama writes it: {@code [256 64]}. */
    private static String shape(Object value) {
        return value instanceof List<?> list
                ? "[" + list.stream().map(String::valueOf).collect(Collectors.joining(" ")) + "]"
                : "";
    }

    private static String brief(Object value) {
        if (!(value instanceof List<?> list) || list.size() <= 3) return String.valueOf(value);
        return "[" + list.get(0) + " " + list.get(1) + " " + list.get(2) + " ...+" + (list.size() - 3) + " more]";
    }

    private static List<String[]> beginning(String whole) {
        List<String> lines = whole.lines().filter(line -> !line.isBlank()).toList();
        List<String[]> rows = new ArrayList<>();
        lines.stream().limit(TEXT_LINES).forEach(line -> rows.add(new String[] {line.strip(), ""}));
        if (lines.size() > TEXT_LINES) rows.add(new String[] {"...", ""});
        return rows;
    }

    private void section(String title, List<String[]> rows) {
        if (rows.isEmpty()) return;
        int width = rows.stream().mapToInt(row -> row[0].length()).max().orElse(0);
        text.append("  ").append(title).append('\n');
        for (String[] row : rows) {
            String line = "    " + row[0] + " ".repeat(width - row[0].length()) + "    " + row[1];
            text.append(Table.harmless(line).stripTrailing()).append('\n');
        }
        text.append('\n');
    }
}
