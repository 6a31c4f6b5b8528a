package dev.paddock.runner.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.Fault;
import dev.paddock.runner.RealThings;
import dev.paddock.runner.protocol.Message;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bindings in this very process. */
class ContextDeviceTest {
    private static Backends backends;
    private static Model model;
    private static Context context;

    @BeforeAll
    static void load() throws IOException {
        if (!RealThings.there()) return;
        NativeLog log = new NativeLog((level, line) -> {});
        Natives.open(RealThings.NATIVES);
        var cpu = new Message.BackendFiles("cpu", RealThings.cpuVariants());
        backends = Backends.load(RealThings.NATIVES, List.of(cpu), log);
        model = Model.load(RealThings.MODEL, log, fraction -> true);
        context = new Context(model, backends, new Context.Order(512, 256, 64, 2, 2), log);
    }

    @BeforeEach
    void check() {
        RealThings.assumeThere();
    }

    @AfterAll
    static void free() {
        if (context != null) {
            context.close();
            context.close();
            model.close();
            model.close();
        }
    }

    @Test
    void anAbortedDecodeEndsAndLeavesAUsableContext() {
        fill(200);
        context.abort();
        assertThat(context.decode()).isEqualTo(Context.ABORTED);
        context.resetAbort();
        assertThat(context.forget(0, 0)).isTrue();
        fill(200);
        assertThat(context.decode()).isEqualTo(Context.DONE);
        context.forget(0, 0);
    }

    @Test
    void anAbortThatComesAfterTheEndIsHarmless() {
        Context ended =
                new Context(model, backends, new Context.Order(256, 16, 16, 1, 1), new NativeLog((level, line) -> {}));
        ended.close();
        ended.abort();
    }

    @Test
    void whatWouldEndTheProcessIsAnException() {
        fill(256);
        assertThatThrownBy(() -> context.batch().add(1, 256, 0, false)).isInstanceOf(IllegalStateException.class);
        context.batch().clear();
        assertThatThrownBy(() -> context.batch().add(1, 0, 2, false)).isInstanceOf(IllegalStateException.class);
        context.batch().add(1, 0, 0, true);
        context.batch().add(1, 0, 1, true);
        assertThatThrownBy(() -> context.batch().add(1, 1, 1, true)).isInstanceOf(IllegalStateException.class);
        context.batch().clear();
        assertThatThrownBy(context::decode).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> context.forget(2, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> model.vocabulary().endsGeneration(-1)).isInstanceOf(LlamaException.class);
        assertThatThrownBy(() -> new Context.Order(512, 1, 1, 2, 1)).isInstanceOf(LlamaException.class);
    }

    @Test
    void positionsThatDoNotFollowAreRefusedByTheEngineAndHarmless() {
        context.batch().clear();
        context.batch().add(1, 7, 0, true);
        assertThat(context.decode()).isBetween(-1, 0);
        context.forget(0, 0);
    }

    @Test
    void tokensMeantForTextPrintAndControlTokensDoNot() {
        assertThat(printed("<|im_end|>")).isEmpty();
        assertThat(printed("<think>")).isEqualTo("<think>");
    }

    @Test
    void loadingCanBeBrokenOff() {
        NativeLog log = new NativeLog((level, line) -> {});
        assertThatThrownBy(() -> Model.load(RealThings.MODEL, log, fraction -> false))
                .isInstanceOfSatisfying(
                        LlamaException.class, e -> assertThat(e.code()).isEqualTo(Fault.CANCELLED));
    }

    private static String printed(String token) {
        int[] tokens = model.vocabulary().tokenize(token, false, true);
        assertThat(tokens).hasSize(1);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = Vocabulary.pieceBuffer(arena);
            return new String(model.vocabulary().piece(tokens[0], buffer, false), StandardCharsets.UTF_8);
        }
    }

    private static void fill(int tokens) {
        context.batch().clear();
        for (int i = 0; i < tokens; i++) context.batch().add(i + 10, i, 0, i == tokens - 1);
    }
}
