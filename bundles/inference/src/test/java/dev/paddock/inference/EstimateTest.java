package dev.paddock.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.inference.EmbedInput;
import dev.paddock.api.model.Option;
import dev.paddock.api.model.Options;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EstimateTest {
    private static final List<Message> FORTY =
            List.of(new Message(Role.SYSTEM, "x".repeat(20)), new Message(Role.USER, "y".repeat(20)));

    @Test
    void anAnswerCountsAsLongAsItsLimitWithinReason() {
        assertThat(Estimate.of(FORTY, Options.NONE)).isEqualTo(10 + 256);
        assertThat(Estimate.of(FORTY, limit(-2))).isEqualTo(10 + 256);
        assertThat(Estimate.of(FORTY, limit(0))).isEqualTo(10);
        assertThat(Estimate.of(FORTY, limit(7))).isEqualTo(17);
        assertThat(Estimate.of(FORTY, limit(1_000_000))).isEqualTo(10 + 4096);
    }

    @Test
    void tokensThatAreGivenAreCountedAndTextsAreGuessed() {
        assertThat(Estimate.ofInputs(List.of(new EmbedInput.Text("abcde"), new EmbedInput.Tokens(new int[9]))))
                .isEqualTo(2 + 9);
    }

    @Test
    void theQuestionIsReadOnceForEachDocument() {
        assertThat(Estimate.ofPairs("1234", List.of("1234", "12345678"))).isEqualTo(2 + 3);
    }

    private static Options limit(int tokens) {
        return Options.of(Map.of(Option.NUM_PREDICT.key(), tokens));
    }
}
