package dev.paddock.runner.sampling;

import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where in a grammar a text can be. A state is a set of stacks: each holds the place in an alternative that waits for a
 * character, and below it the places to go on at when rules end. States and the ways between them are kept, so that
 * text of a kind that came before costs one look-up for each character. What is kept, by one grammar and by all of the
 * process, and how many readings of one text there are, is bounded; text beyond that is refused.
 */
final class GrammarStates implements AutoCloseable {
    /** The state of text that the grammar does not allow. */
    static final int DEAD = 0;
    /** Most readings of one text that are followed. */
    private static final int MOST_STACKS = 1024;
    /** Most stacks looked at for one token, with all its alternatives; about a tenth of a second. */
    private static final int MOST_WORK = 1_000_000;

    /** Most places on the ways to the next character; a table of them takes 4 MB. */
    private static final int MOST_PLACES = 100_000;

    /** Stacks, elements of states and ways that one grammar may keep, about 60 bytes each. */
    private static final int MOST_KEPT = 400_000;

    /** So much of it whatever others keep. */
    private static final int SURE = 20_000;
    /** All grammars together. */
    private static final int MOST_OF_ALL = 1_000_000;

    private static final AtomicInteger OF_ALL = new AtomicInteger();
    /** What was left behind goes when so much is kept. */
    private static final int LARGE = 100_000;

    private static final int UNKNOWN = -1;
    /** The empty stack: the text is whole. */
    private static final int WHOLE = 0;

    private final Grammar grammar;
    private PairTable stacks = new PairTable();
    private final PairTable ways = new PairTable();
    private final SetTable states = new SetTable();
    private int[] found = new int[16];
    private int count;
    private int[] pending = new int[32];
    private int pendingCount;
    private final PairTable visited = new PairTable();
    private int work;
    private int told;
    private int room = MOST_KEPT;

    GrammarStates(Grammar grammar) {
        this.grammar = grammar;
        stacks.put(-1, -1); // takes WHOLE
        states.put(new int[0]); // takes DEAD
    }

    /** The state before the first character. */
    int start() {
        begin();
        for (int a = grammar.first()[grammar.root()]; a < grammar.first()[grammar.root() + 1]; a++) {
            follow(grammar.starts()[a], WHOLE);
        }
        return state();
    }

    /** Makes the bounds count from here. */
    void renewWork() {
        work = 0;
        int kept = kept();
        int others = OF_ALL.addAndGet(kept - told) - kept;
        told = kept;
        room = Math.clamp((long) MOST_OF_ALL - others, SURE, MOST_KEPT);
    }

    private int kept() {
        return stacks.size() + states.elements() + ways.size();
    }

    /** Whether a bound was reached: text was refused without having been read to its end. */
    boolean exhausted() {
        return work > MOST_WORK;
    }

    /** Forgets all but this state when much is kept; gives its new number. */
    int tidy(int state) {
        if (kept() < LARGE) return state;
        int[] set = states.get(state);
        BitSet reached = new BitSet();
        for (int stack : set) {
            for (int s = stack; s != WHOLE && !reached.get(s); s = stacks.second(s)) reached.set(s);
        }
        PairTable old = stacks;
        stacks = new PairTable();
        stacks.put(-1, -1); // takes WHOLE
        int[] numbers = new int[reached.length()];
        // What a stack stands on was there before it, so it has the lower number, and sets stay in order.
        for (int s = reached.nextSetBit(0); s >= 0; s = reached.nextSetBit(s + 1)) {
            numbers[s] = stacks.put(old.first(s), numbers[old.second(s)]);
        }
        int[] kept = new int[set.length];
        for (int i = 0; i < set.length; i++) kept[i] = set[i] == WHOLE ? WHOLE : numbers[set[i]];
        ways.clear();
        states.clear();
        states.put(new int[0]); // takes DEAD
        return states.put(kept);
    }

    @Override
    public void close() {
        OF_ALL.addAndGet(-told);
        told = 0;
    }

    /** Whether the text may end here. */
    boolean whole(int state) {
        int[] set = states.get(state);
        return set.length > 0 && set[0] == WHOLE; // sets are in order
    }

    /** The state after one more character. */
    int next(int state, int character) {
        if (state == DEAD) return DEAD;
        int way = ways.find(state, character);
        if (way != UNKNOWN) return ways.value(way);
        begin();
        for (int stack : states.get(state)) {
            work++;
            if (stack != WHOLE && set(stack).meets(character, character)) {
                follow(stacks.first(stack) + 1, stacks.second(stack));
            }
        }
        if (exhausted()) return DEAD; // for now
        int next = state();
        ways.value(ways.put(state, character), next);
        return next;
    }

    /** Whether one of these characters may come next. */
    boolean meets(int state, int first, int last) {
        for (int stack : states.get(state)) {
            work++;
            if (stack != WHOLE && set(stack).meets(first, last)) return true;
        }
        return false;
    }

    private CharacterSet set(int stack) {
        return grammar.sets()[Grammar.number(grammar.code()[stacks.first(stack)])];
    }

    private void begin() {
        count = 0;
        visited.clear();
    }

    /** Finds the stacks that wait for a character from a place on. */
    private void follow(int place, int below) {
        push(place, below);
        while (pendingCount > 0) {
            int rest = pending[--pendingCount];
            int at = pending[--pendingCount];
            if (kept() > room || visited.size() > MOST_PLACES) work = MOST_WORK;
            if (++work > MOST_WORK || count > MOST_STACKS) {
                pendingCount = 0;
                return;
            }
            int symbol = grammar.code()[at];
            if (symbol == Grammar.END) {
                if (rest == WHOLE) found(WHOLE);
                else push(stacks.first(rest), stacks.second(rest));
            } else if (Grammar.isRule(symbol)) {
                enter(Grammar.number(symbol), at, rest);
            } else {
                found(stacks.put(at, rest));
            }
        }
    }

    /** A rule that is the last of its alternative needs no place to come back to. */
    private void enter(int rule, int at, int rest) {
        int back = grammar.code()[at + 1] == Grammar.END ? rest : stacks.put(at + 1, rest);
        for (int a = grammar.first()[rule]; a < grammar.first()[rule + 1]; a++) push(grammar.starts()[a], back);
    }

    private void push(int place, int below) {
        if (visited.find(place, below) != UNKNOWN) return;
        visited.put(place, below);
        if (pendingCount + 2 > pending.length) pending = Arrays.copyOf(pending, 2 * pending.length);
        pending[pendingCount++] = place;
        pending[pendingCount++] = below;
    }

    private void found(int stack) {
        if (count == found.length) found = Arrays.copyOf(found, 2 * count);
        found[count++] = stack;
    }

    /** The number of the set that was found; too many readings are none. */
    private int state() {
        if (count == 0 || count > MOST_STACKS || exhausted()) return DEAD;
        Arrays.sort(found, 0, count);
        int distinct = 1;
        for (int i = 1; i < count; i++) if (found[i] != found[distinct - 1]) found[distinct++] = found[i];
        return states.put(Arrays.copyOf(found, distinct));
    }
}
