package dev.paddock.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * What befalls the runners of one model, in files beside it that test and runners share: the n-th runner that loads it
 * meets the n-th line of its fates.
 *
 * <p>A fate is {@code at N} (dies when N tokens of an answer have been sent), {@code end} (dies between the last token and
 * the end), {@code cancel} (dies when told to cancel), {@code hang N} (N tokens, then nothing but heartbeats),
 * {@code load} (dies while loading), {@code refuse} (does not load) or {@code ask} (dies when asked a question);
 * {@code tell} keeps also what it was told to load; {@code after N} (dies when it has sent N tokens of an answer itself),
 * {@code lie} (gives other tokens), {@code memory} (has none to load or, as {@code memory N}, none for the N-th token),
 * {@code slow} (takes a while to load, then goes as the next word says).
 */
final class ScriptedFate {
    private final Path model;
    private final String[] words;

    private ScriptedFate(Path model, String fate) {
        this.model = model;
        this.words = fate.split(" ");
    }

    /** Tells the model's runners, in their order, how they go; later ones live. */
    static void plan(Path model, String... fates) throws IOException {
        Files.write(beside(model, "fates"), List.of(fates));
    }

    /** What the model's runners were told; of a generation: tokens resumed, tokens of prompt, seed. */
    static List<String> orders(Path model) throws IOException {
        return Files.readAllLines(beside(model, "orders"));
    }

    /** Called once by each runner of the model. */
    static ScriptedFate of(Path model) throws IOException {
        var fates = beside(model, "fates");
        if (!Files.exists(fates)) return new ScriptedFate(model, "live");
        var left = Files.readAllLines(fates);
        if (left.isEmpty()) return new ScriptedFate(model, "live");
        Files.write(fates, left.subList(1, left.size()));
        return new ScriptedFate(model, left.getFirst());
    }

    boolean is(String name) {
        return words[0].equals(name);
    }

    /** Whether the name occurs in it anywhere. */
    boolean has(String name) {
        return List.of(words).contains(name);
    }

    /** Notes that a runner was told to load the model. */
    static void loads(Path model) throws IOException {
        Files.writeString(beside(model, "loads"), "load\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Whether it is {@code name N} with this N. */
    boolean is(String name, int count) {
        return is(name) && words.length > 1 && Integer.parseInt(words[1]) == count;
    }

    /** Keeps what the runner was told. */
    synchronized void record(String order) {
        try {
            Files.writeString(
                    beside(model, "orders"), order + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path beside(Path model, String kind) {
        return model.resolveSibling(model.getFileName() + "." + kind);
    }
}
