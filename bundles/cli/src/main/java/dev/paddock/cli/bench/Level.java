package dev.paddock.cli.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * All that was measured with one number of clients. Figures are medians of the turns; times are of all requests.
 *
 * @param clients how many
 * @param turns those through HTTP
 * @param raw those of the plain loop, run in turn with them; empty when there was none
 */
record Level(int clients, List<Turn> turns, List<RawLoop.Speeds> raw) {
    /**
     * Requests that did not end well in one way.
     *
     * @param count how many
     * @param first what the first of them said
     */
    record Failed(int count, String first) {}

    Level {
        turns = List.copyOf(turns);
        raw = List.copyOf(raw);
    }

    OptionalDouble promptSpeed() {
        return median(Turn::promptSpeed);
    }

    OptionalDouble decodeSpeed() {
        return median(Turn::decodeSpeed);
    }

    OptionalDouble totalSpeed() {
        return median(Turn::totalSpeed);
    }

    private OptionalDouble median(Function<Turn, OptionalDouble> speed) {
        List<Double> known = new ArrayList<>();
        for (Turn turn : turns) speed.apply(turn).ifPresent(known::add);
        return Statistics.median(known);
    }

    OptionalDouble rawPromptSpeed() {
        return Statistics.median(raw.stream().map(RawLoop.Speeds::prompt).toList());
    }

    OptionalDouble rawDecodeSpeed() {
        return Statistics.median(raw.stream().map(RawLoop.Speeds::decode).toList());
    }

    /** One figure over another; empty when one is. */
    static OptionalDouble ratio(OptionalDouble over, OptionalDouble under) {
        boolean known = over.isPresent() && under.isPresent() && under.getAsDouble() > 0;
        return known ? OptionalDouble.of(over.getAsDouble() / under.getAsDouble()) : OptionalDouble.empty();
    }

    /** Milliseconds to the first piece. */
    List<Double> firstMillis() {
        return turns.stream().flatMap(turn -> turn.firstMillis().stream()).toList();
    }

    /** Milliseconds between pieces. */
    List<Double> gapMillis() {
        return turns.stream().flatMap(turn -> turn.gapMillis().stream()).toList();
    }

    /** How many were sent. */
    int requests() {
        return turns.stream().mapToInt(turn -> turn.samples().size()).sum();
    }

    /** Those that failed, by how; an answer without any text counts as cut. */
    Map<Ending, Failed> failed() {
        Map<Ending, Failed> failed = new EnumMap<>(Ending.class);
        bad().forEach(sample -> {
            boolean empty = sample.ending() == Ending.DONE;
            Failed one = new Failed(1, empty ? "the answer has no text" : sample.message());
            failed.merge(
                    empty ? Ending.CUT : sample.ending(), one, (a, b) -> new Failed(a.count() + b.count(), a.first()));
        });
        return failed;
    }

    private Stream<Sample> bad() {
        return turns.stream().flatMap(turn -> turn.samples().stream()).filter(sample -> !sample.good());
    }
}
