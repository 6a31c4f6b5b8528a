package dev.paddock.prompt.grammar.regular;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CharactersTest {
    private static final int LAST = 40;
    private final Random random = new Random(1);

    @Test
    void setsAreSets() {
        for (int i = 0; i < 2000; i++) {
            BitSet one = bits();
            BitSet other = bits();
            BitSet or = (BitSet) one.clone();
            or.or(other);
            BitSet and = (BitSet) one.clone();
            and.and(other);
            BitSet without = (BitSet) one.clone();
            without.andNot(other);
            assertThat(set(one).or(set(other))).isEqualTo(set(or));
            assertThat(set(one).and(set(other))).isEqualTo(set(and));
            assertThat(set(one).without(set(other))).isEqualTo(set(without));
            assertThat(set(one).size()).isEqualTo(one.cardinality());
            for (int c = 0; c <= LAST; c++) assertThat(set(one).contains(c)).isEqualTo(one.get(c));
        }
    }

    private BitSet bits() {
        BitSet bits = new BitSet();
        for (int i = random.nextInt(4); i > 0; i--) {
            int first = random.nextInt(LAST);
            bits.set(first, first + 1 + random.nextInt(LAST - first));
        }
        return bits;
    }

    private static Characters set(BitSet bits) {
        return bits.stream().mapToObj(Characters::of).reduce(Characters.NONE, Characters::or);
    }
}
