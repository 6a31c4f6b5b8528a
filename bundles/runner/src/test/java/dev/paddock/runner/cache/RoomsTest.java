package dev.paddock.runner.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RoomsTest {
    private final Rooms rooms = new Rooms();

    @AfterEach
    void close() {
        rooms.close();
    }

    private SavedState await(long size) {
        while (!rooms.ready(size)) Thread.onSpinWait();
        return rooms.take(size);
    }

    private static boolean alive(SavedState state) {
        return state.bytes().scope().isAlive();
    }

    @Test
    void memoryIsThereSomeTimeAfterItWasAskedFor() {
        assertThat(rooms.ready(Rooms.SMALL)).as("at once").isFalse();
        SavedState state = await(Rooms.SMALL);
        assertThat(state.bytes().byteSize()).isEqualTo(Rooms.SMALL);
        assertThat(rooms.take(Rooms.SMALL)).as("once").isNull();
        state.close();
    }

    @Test
    void littleIsGotByWhoeverNeedsIt() {
        assertThat(rooms.ready(Rooms.SMALL - 1)).isTrue();
        assertThat(rooms.take(Rooms.SMALL - 1)).isNull();
    }

    @Test
    void whatIsAskedForLastIsGot() {
        rooms.ready(Rooms.SMALL);
        rooms.ready(2 * Rooms.SMALL);
        await(3 * Rooms.SMALL).close();
        assertThat(rooms.take(Rooms.SMALL)).isNull();
        assertThat(rooms.take(2 * Rooms.SMALL)).isNull();
    }

    @Test
    void whatNobodyWantsGoesBack() {
        SavedState large = await(Rooms.SMALL);
        rooms.free(large);
        while (alive(large)) Thread.onSpinWait();
        while (!rooms.ready(Rooms.SMALL)) Thread.onSpinWait();
        rooms.forget();
        assertThat(rooms.take(Rooms.SMALL)).isNull();
        SavedState last = SavedState.room(Rooms.SMALL);
        rooms.free(last);
        rooms.close();
        assertThat(alive(last)).isFalse();
        SavedState late = SavedState.room(Rooms.SMALL);
        rooms.free(late);
        assertThat(alive(late)).isFalse();
    }

    @Test
    void whatThereIsNoMemoryForDoesNotHoldAnybodyUp() {
        assertThat(await(Long.MAX_VALUE / 2)).isNull();
        await(Rooms.SMALL).close();
    }
}
