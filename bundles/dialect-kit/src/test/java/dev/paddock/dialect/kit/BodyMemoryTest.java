package dev.paddock.dialect.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import org.junit.jupiter.api.Test;

class BodyMemoryTest {
    private static final int MIB = 1 << 20;

    private final BodyMemory memory = new BodyMemory(8 * MIB);

    @Test
    void aLargeBodyAloneIsNeverRefused() {
        var one = memory.new Share();
        one.came(100 * MIB);
        one.complete();
        one.close();
        assertThat(memory.taken()).isZero();
    }

    @Test
    void whatHasNoRoomBesideOthersIsRefusedAndTakesNothing() {
        var one = memory.new Share();
        one.came(MIB);
        var two = memory.new Share();
        assertThatThrownBy(() -> two.came(2 * MIB))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.QUEUE_FULL));
        one.close();
        assertThat(memory.taken()).isZero();
    }

    @Test
    void whatWasReadTakesLessThanReadingIt() {
        var one = memory.new Share();
        one.came(MIB + BodyMemory.SMALL);
        assertThat(memory.taken()).isEqualTo(4 * MIB);
        one.complete();
        assertThat(memory.taken()).isEqualTo(MIB);
    }

    @Test
    void smallBodiesComeThroughWhateverIsTaken() {
        var large = memory.new Share();
        large.came(100 * MIB);
        var small = memory.new Share();
        small.came(BodyMemory.SMALL);
        assertThat(memory.taken()).isEqualTo(4L * (100 * MIB - BodyMemory.SMALL));
    }
}
