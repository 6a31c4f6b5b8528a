package dev.paddock.itest.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code docs/conformance.md}: what tests showed of each API and with each client, for people. */
final class Page {
    private static final String SOURCES = "../bundles/itest/src/test/java/";
    private static final String HEAD = """
            # Conformance

            What Paddock does of each API, and what clients were seen to do with it. Behind each ✓ stand tests that start the
            distribution and ask the starter model; their names are below. This page is made from the tests, and a run of all tests
            fails when it showed something else ([how to refresh it](../CONTRIBUTING.md)).

            ✓ shown by tests that pass · – not supported, the reason is below
            """;
    private static final String LEGEND = """

            *plain* a whole answer · *stream* in pieces · *system* a system prompt · *turns* earlier messages count · *tools* call,
            result and final answer · *schema* an answer that a JSON Schema allows · *thinking* on, off and apart from the answer ·
            *logprobs* of tokens · *stop* texts that end it · *usage* tokens counted · *embeddings* vectors of texts · *error* in
            the API's own form, with the right status · *abort* a client that leaves stops the computing within a second
            """;

    private final List<Shown> shown;
    private final List<Client> clients;

    /**
     * A page of one run.
     *
     * @param shown in any order
     * @param clients in any order
     */
    Page(List<Shown> shown, List<Client> clients) {
        this.shown = List.copyOf(shown);
        this.clients =
                clients.stream().sorted(Comparator.comparing(Client::name)).toList();
    }

    /** All cells, row by row. */
    static List<Cell> cells(List<Shown> shown) {
        List<Cell> cells = new ArrayList<>();
        for (Api api : Api.values())
            for (Trait trait : Trait.values()) {
                var here = shown.stream().filter(s -> s.api() == api && s.trait() == trait);
                cells.add(new Cell(api, trait, here.toList(), NotSupported.reason(api, trait)));
            }
        return cells;
    }

    /** The page in Markdown. */
    String text() {
        StringBuilder text = new StringBuilder(HEAD);
        text.append("\n## APIs\n\n");
        apis(text);
        text.append(LEGEND).append("\n## Clients\n\n");
        ClientTable.write(text, shown, clients);
        text.append("\n## Which tests show it\n");
        cells(shown).stream()
                .collect(Collectors.groupingBy(Cell::api, TreeMap::new, Collectors.toList()))
                .forEach((api, cells) -> details(text, api, cells));
        return text.append(disappointments()).append('\n').append(links()).toString();
    }

    private void apis(StringBuilder text) {
        Markdown.row(text, "", Arrays.stream(Trait.values()).map(Trait::title));
        Markdown.row(text, "---", Arrays.stream(Trait.values()).map(trait -> ":-:"));
        var cells = cells(shown);
        for (Api api : Api.values())
            Markdown.row(
                    text,
                    '`' + api.path + '`',
                    cells.stream().filter(c -> c.api() == api).map(Cell::mark));
    }

    /** The lines that only one of two pages has: {@code -} of the first, {@code +} of the second, at most 20. */
    static List<String> difference(String published, String shown) {
        var before = published.lines().toList();
        var after = shown.lines().toList();
        return Stream.concat(
                        before.stream().filter(line -> !after.contains(line)).map(line -> "- " + line),
                        after.stream().filter(line -> !before.contains(line)).map(line -> "+ " + line))
                .limit(20)
                .toList();
    }

    private static void details(StringBuilder text, Api api, List<Cell> cells) {
        text.append("\n### `").append(api.path).append("`\n\n");
        Map<String, List<String>> reasons = new LinkedHashMap<>();
        for (Cell cell : cells) {
            if (!cell.tested() && cell.reason().isPresent())
                reasons.computeIfAbsent(cell.reason().get(), r -> new ArrayList<>())
                        .add(cell.trait().title());
            else Markdown.wrap(text, "- **" + cell.trait().title() + "** " + cell.mark() + ' ' + tests(cell.shown()));
        }
        reasons.forEach((reason, traits) -> Markdown.wrap(text, "- " + String.join(", ", traits) + " –: " + reason));
    }

    /** Class by class, as `[ToolsTest]` aCallIsMade, anotherOne. */
    private static String tests(List<Shown> shown) {
        Map<String, List<String>> byClass = new TreeMap<>();
        for (Shown s : shown)
            if (s.outcome().kind() != Outcome.Kind.ABSENT)
                byClass.computeIfAbsent(s.name(), n -> new ArrayList<>()).add(s.method());
        return byClass.entrySet().stream()
                .map(e -> "[" + e.getKey() + "] " + String.join(", ", e.getValue()))
                .collect(Collectors.joining("; "));
    }

    /** Empty for a page that is published. */
    private String disappointments() {
        return shown.stream()
                .filter(s -> s.outcome().kind().compareTo(Outcome.Kind.SKIPPED) >= 0)
                .map(s -> "- " + s.outcome().kind().mark + " [" + s.name() + "] " + s.method() + ": "
                        + s.outcome().reason().lines().findFirst().orElse("") + '\n')
                .distinct()
                .sorted()
                .reduce(String::concat)
                .map(lines -> "\n## Skipped or failed in this run\n\n" + lines)
                .orElse("");
    }

    private String links() {
        return shown.stream()
                .collect(Collectors.toMap(Shown::name, Shown::type, (a, b) -> a, TreeMap::new))
                .entrySet()
                .stream()
                .map(e -> "[" + e.getKey() + "]: " + SOURCES + e.getValue().replace('.', '/') + ".java\n")
                .collect(Collectors.joining());
    }
}
