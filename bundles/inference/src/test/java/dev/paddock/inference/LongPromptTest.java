package dev.paddock.inference;

import static dev.paddock.inference.LeasedInferenceTest.drain;
import static dev.paddock.inference.LeasedInferenceTest.fails;
import static dev.paddock.inference.LeasedInferenceTest.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.inference.ChatEvent;
import dev.paddock.api.inference.EventStream;
import dev.paddock.api.model.Options;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.security.Asker;
import dev.paddock.testkit.FakeVocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Prompts so long that how they are tokenized matters. */
class LongPromptTest {
    private final Desk desk = new Desk();

    private EventStream chat(String text) {
        return desk.inference.chat(request("m", Options.NONE, new Message(Role.USER, text)), Asker.LOCAL);
    }

    @Test
    void aPromptFarOverTheContextIsRefusedBeforeAllOfItIsTokenized() {
        var texts = new ArrayList<String>();
        desk.wrap = model -> new Wrapped(model) {
            @Override
            public int[] tokenize(String text, boolean addSpecial, boolean parseSpecial) {
                texts.add(text);
                return super.tokenize(text, addSpecial, parseSpecial);
            }
        };
        desk.contextLength = 8192;
        var many = new Message[100_000];
        Arrays.fill(many, new Message(Role.USER, "x"));

        fails(
                Fault.CONTEXT_TOO_LONG,
                "the context of m:latest holds 8192",
                () -> desk.inference.chat(request("m", Options.NONE, many), Asker.LOCAL));
        assertThat(texts).isEmpty();

        var some = Arrays.copyOf(many, 2_500);
        fails(
                Fault.CONTEXT_TOO_LONG,
                "the prompt has more than ",
                () -> desk.inference.chat(request("m", Options.NONE, some), Asker.LOCAL));
        assertThat(texts).allSatisfy(text -> assertThat(text.length()).isLessThan(PromptTokens.PART + 100));
        assertThat(desk.open).hasValue(0);
    }

    @Test
    void aLongPromptInPartsHasTheSameTokensAsTheWhole() {
        desk.contextLength = 100_000;
        desk.engine.answer("ok");
        String text = "Grüße 😀 ".repeat(5_000);

        var events = drain(chat(text));

        String prompt = "<|im_start|>user\n" + text + "<|im_end|>\n<|im_start|>assistant\n";
        var done = (ChatEvent.Done) events.getLast();
        assertThat(done.usage().tally().promptTokens()).isEqualTo(FakeVocabulary.tokenize(prompt, true, true).length);
        assertThat(desk.engine.prompts()).containsExactly(prompt);
    }

    @Test
    void tensOfThousandsOfPrivateUseCharactersAreOneText() {
        desk.contextLength = 1_000_000;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 60_000; i++) text.appendCodePoint(0x100000 + i);

        drain(chat(text.toString()));

        assertThat(desk.engine.prompts().getFirst()).contains(text);
    }

    @Test
    void manyAlternatingMarksDoNotOverflowTheStack() {
        desk.contextLength = 1_000_000;
        drain(chat("a\udbc0\udc00".repeat(30_000)));

        assertThat(desk.open).hasValue(0);
    }
}
