package dev.paddock.dialect.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
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
        one.came(MIB);
        assertThat(memory.taken()).isEqualTo(4 * MIB - BodyMemory.SMALL);
        one.complete();
        assertThat(memory.taken()).isEqualTo(MIB - BodyMemory.SMALL);
    }

    @Test
    void smallBodiesComeThroughWhateverIsTaken() {
        var large = memory.new Share();
        large.came(100 * MIB);
        long before = memory.taken();
        var small = memory.new Share();
        small.came(BodyMemory.SMALL / 4);
        assertThat(memory.taken()).isEqualTo(before);
    }

    @Test
    void aShortTextOfCountlessValuesCountsAsWhatItBecomes() throws Exception {
        var one = memory.new Share();
        byte[] lists = ("{\"x\":[" + "[],".repeat(300_000) + "0]}").getBytes(StandardCharsets.US_ASCII);
        Json.readObject(new ByteArrayInputStream(lists), one::holds);
        assertThat(memory.taken()).isGreaterThan(20 * MIB);
        var two = memory.new Share();
        assertThatThrownBy(() -> Json.readObject(new ByteArrayInputStream(lists), two::holds))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("too many large requests");
    }

    @Test
    void fieldsWithoutEndAreRefused() {
        StringBuilder body = new StringBuilder("{");
        for (int i = 0; i < 300_000; i++) body.append("\"f").append(i).append("\":0,");
        body.append("\"last\":0}");
        byte[] json = body.toString().getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> Json.readObject(new ByteArrayInputStream(json)))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.TOO_LARGE))
                .hasMessageContaining("more than 200000 fields");
    }
}
