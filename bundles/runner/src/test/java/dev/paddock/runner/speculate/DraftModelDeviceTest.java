package dev.paddock.runner.speculate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.Fault;
import dev.paddock.gguf.random.RandomModel;
import dev.paddock.runner.RealThings;
import dev.paddock.runner.llama.Backends;
import dev.paddock.runner.llama.Context;
import dev.paddock.runner.llama.LlamaException;
import dev.paddock.runner.llama.Model;
import dev.paddock.runner.llama.NativeChain;
import dev.paddock.runner.llama.NativeLog;
import dev.paddock.runner.llama.Natives;
import dev.paddock.runner.llama.Offload;
import dev.paddock.runner.protocol.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The starter model guesses for itself, so its guesses must all be right. */
class DraftModelDeviceTest {
    private static final int ANSWER = 40;

    private static NativeLog log;
    private static Model large;
    private static Context context;
    private static int[] text;
    private static int promptLength;

    private DraftModel draft;

    @BeforeAll
    static void load() throws IOException {
        if (!RealThings.there()) return;
        log = new NativeLog((level, line) -> {});
        Natives.open(RealThings.NATIVES);
        var cpu = new Message.BackendFiles("cpu", RealThings.cpuVariants());
        Backends backends = Backends.load(RealThings.NATIVES, List.of(cpu), log);
        large = Model.load(RealThings.MODEL, log, fraction -> true);
        context = new Context(large, backends, new Context.Order(1024, 512, 512, 2, 1), log);
        text = answered();
    }

    @BeforeEach
    void open() {
        RealThings.assumeThere();
        draft = DraftModel.load(RealThings.MODEL, Offload.NONE, large, context, log, fraction -> true);
    }

    @AfterAll
    static void free() {
        if (context != null) {
            context.close();
            large.close();
        }
    }

    @Test
    void theSameModelGuessesWhatTheModelSays() {
        int slot = ready(promptLength);
        assertThat(draft.guess(slot, text, promptLength, 8))
                .isEqualTo(Arrays.copyOfRange(text, promptLength, promptLength + 8));
        int further = promptLength + 5;
        assertThat(draft.catchUp(slot, text, further)).isTrue();
        assertThat(draft.guess(slot, text, further, 8)).isEqualTo(Arrays.copyOfRange(text, further, further + 8));
        draft.close();
    }

    @Test
    void whatCameOtherwiseThanGuessedIsTakenBack() {
        int slot = ready(promptLength);
        draft.guess(slot, text, promptLength, 8);
        int[] other = text.clone();
        other[promptLength + 1] = text[promptLength + 1] == 65 ? 66 : 65;
        assertThat(draft.catchUp(slot, other, promptLength + 2)).isTrue();
        int[] afterOther = draft.guess(slot, other, promptLength + 2, 4);
        int fresh = draft.take();
        while (!draft.catchUp(fresh, other, promptLength + 2)) Thread.onSpinWait();
        assertThat(afterOther).isEqualTo(draft.guess(fresh, other, promptLength + 2, 4));
        assertThat(draft.catchUp(slot, text, promptLength)).isTrue();
        assertThat(draft.guess(slot, text, promptLength, 4))
                .isEqualTo(Arrays.copyOfRange(text, promptLength, promptLength + 4));
        draft.close();
    }

    @Test
    void aLongPromptIsCaughtUpWithInPieces() {
        int slot = draft.take();
        int pieces = 0;
        while (!draft.catchUp(slot, text, promptLength)) pieces++;
        assertThat(pieces).isEqualTo((promptLength - 1) / DraftModel.CHUNK);
        draft.close();
    }

    @Test
    void placesAreGivenBack() {
        Drafters drafters = new Drafters(true, draft);
        Drafter first = drafters.next();
        Drafter second = drafters.next();
        assertThat(drafters.next()).isInstanceOf(NgramDrafter.class);
        second.close();
        second.close();
        assertThat(drafters.next()).isInstanceOf(ModelDrafter.class);
        assertThat(drafters.next()).isInstanceOf(NgramDrafter.class);
        first.close();
        drafters.close();
    }

    @Test
    void theDrafterGuessesAndStopsAtTheEndOfTheContext() {
        Drafters drafters = new Drafters(true, draft);
        Drafter drafter = drafters.next();
        int[] guess = {};
        for (int call = 0; call < 10 && guess.length == 0; call++) guess = drafter.draft(text, promptLength, 6);
        assertThat(guess).isNotEmpty();
        assertThat(guess).isEqualTo(Arrays.copyOfRange(text, promptLength, promptLength + guess.length));
        assertThat(drafter.draft(new int[2000], 2000, 6)).isEmpty();
        drafters.speculate(false);
        assertThat(drafter.draft(text, promptLength, 6)).isEmpty();
        drafters.close();
    }

    @Test
    void aModelWithOtherTokensIsRefusedWithWords(@TempDir Path directory) throws IOException {
        draft.close();
        Path other = directory.resolve("other.gguf");
        RandomModel.write("0.1b", "q4_0", 1, other);
        refused(other, "must have the same tokens");
        refused(directory.resolve("missing.gguf"), "cannot be loaded");
    }

    private static void refused(Path file, String words) {
        assertThatThrownBy(() -> DraftModel.load(file, Offload.NONE, large, context, log, fraction -> true))
                .hasMessageContaining(words)
                .isInstanceOfSatisfying(
                        LlamaException.class, e -> assertThat(e.code()).isEqualTo(Fault.LOAD_FAILED));
    }

    private int ready(int length) {
        int slot = draft.take();
        while (!draft.catchUp(slot, text, length)) Thread.onSpinWait();
        return slot;
    }

    /** A prompt longer than a piece and its greedy answer. */
    private static int[] answered() {
        String prompt = "<|im_start|>user\n" + "Who are you? ".repeat(80) + "<|im_end|>\n<|im_start|>assistant\n";
        int[] tokens = large.vocabulary().tokenize(prompt, true, true);
        promptLength = tokens.length;
        assertThat(promptLength).isBetween(DraftModel.CHUNK + 1, 512);
        tokens = Arrays.copyOf(tokens, promptLength + ANSWER);
        context.batch().clear();
        int index = 0;
        for (int i = 0; i < promptLength; i++) index = context.batch().add(tokens[i], i, 0, i == promptLength - 1);
        try (NativeChain greedy = new NativeChain(large.vocabulary())) {
            greedy.greedy();
            for (int i = promptLength; i < tokens.length; i++) {
                assertThat(context.decode()).isEqualTo(Context.DONE);
                tokens[i] = greedy.sample(context, index);
                context.batch().clear();
                index = context.batch().add(tokens[i], i, 0, true);
            }
        }
        context.batch().clear();
        return tokens;
    }
}
