package dev.paddock.dialect.kit;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.ChatEvent;
import dev.paddock.api.inference.EventStream;
import dev.paddock.api.prompt.OutputPiece;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The answers to one request that wants one or several, as one stream of events. One thread. */
public sealed interface Choices extends AutoCloseable permits OneChoice, ManyChoices {
    /** Most of one request. */
    int MOST = 128;

    /**
     * An event of one of them.
     *
     * @param index of the answer, from 0
     */
    record Event(int index, ChatEvent event) {}

    /**
     * Blocks until the first of them begins.
     *
     * @param calls one for each answer, in their order; at least one
     * @param alike how many calls in a row have the same prompt; the first of them computes it for the others
     * @throws PaddockException when one of them cannot begin
     */
    static Choices open(Opener opener, List<Supplier<EventStream>> calls, int alike) {
        return calls.size() == 1
                ? new OneChoice(opener.open(calls.getFirst()))
                : new ManyChoices(opener, calls, alike).begin();
    }

    /** How many there are. */
    int count();

    /** False after the last event of the last of them was given. */
    boolean hasNext();

    /**
     * The next event of any of them; blocks.
     *
     * @throws PaddockException when one fails or was stopped, which ends all of them
     */
    Event next();

    /** What of the request could not be followed to the letter, each in one sentence. */
    List<String> notes();

    /**
     * All that is left, put together; blocks until the end.
     *
     * @throws PaddockException as {@link #next}
     */
    default List<WholeAnswer> whole() {
        var gatherings = Stream.generate(Gathering::new).limit(count()).toList();
        var ends = new ChatEvent.Done[count()];
        while (hasNext()) {
            Event next = next();
            switch (next.event()) {
                case ChatEvent.Delta(OutputPiece piece) ->
                    gatherings.get(next.index()).add(piece);
                case ChatEvent.Likely(var logprobs) ->
                    gatherings.get(next.index()).add(logprobs);
                case ChatEvent.Done done -> ends[next.index()] = done;
            }
        }
        return IntStream.range(0, count())
                .mapToObj(index -> gatherings.get(index).end(ends[index]))
                .toList();
    }

    @Override
    void close();
}
