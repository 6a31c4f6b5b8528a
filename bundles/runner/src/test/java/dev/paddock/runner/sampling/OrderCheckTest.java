package dev.paddock.runner.sampling;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.engine.Adapter;
import dev.paddock.api.engine.Ending;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.Sampling;
import dev.paddock.api.engine.Sampling.Bias;
import dev.paddock.api.engine.Sampling.Cutoffs;
import dev.paddock.api.engine.Sampling.Dry;
import dev.paddock.api.engine.Sampling.Mirostat;
import dev.paddock.api.engine.Sampling.Penalties;
import dev.paddock.api.engine.Sampling.Temperature;
import dev.paddock.api.engine.Sampling.Xtc;
import dev.paddock.runner.llama.LlamaException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class OrderCheckTest {
    private static final Sampling D = Sampling.DEFAULT;

    @Test
    void ordinaryOrdersPass() {
        fine(D);
        fine(Sampling.GREEDY);
        fine(with(new Cutoffs(1 << 30, 1, 0, 1, -1)));
        fine(with(new Cutoffs(-5, 1, 0, 1, -1)));
        fine(with(List.of(new Bias(99, Float.NEGATIVE_INFINITY))));
    }

    @Test
    void everyNumberThatIsNoneIsRefusedByName() {
        float nan = Float.NaN;
        refused(new Sampling(0, Temperature.of(nan), D.cutoffs(), D.penalties()), "temperature is NaN");
        refused(new Sampling(0, new Temperature(1, nan, 1), D.cutoffs(), D.penalties()), "dynatemp_range");
        refused(new Sampling(0, new Temperature(1, 0, nan), D.cutoffs(), D.penalties()), "dynatemp_exponent");
        refused(with(new Cutoffs(1, nan, 0, 1, -1)), "top_p");
        refused(with(new Cutoffs(1, 1, nan, 1, -1)), "min_p");
        refused(with(new Cutoffs(1, 1, 0, nan, -1)), "typical_p");
        refused(with(new Cutoffs(1, 1, 0, 1, nan)), "top_n_sigma");
        refused(new Sampling(0, D.temperature(), D.cutoffs(), new Penalties(1, nan, 0, 0)), "repeat_penalty");
        refused(new Sampling(0, D.temperature(), D.cutoffs(), new Penalties(1, 1, nan, 0)), "presence_penalty");
        refused(new Sampling(0, D.temperature(), D.cutoffs(), new Penalties(1, 1, 0, nan)), "frequency_penalty");
        refused(with(new Dry(nan, 1, 1, 1, List.of())), "dry_multiplier");
        refused(with(new Dry(1, nan, 1, 1, List.of())), "dry_base");
        refused(with(new Xtc(nan, 0)), "xtc_probability");
        refused(with(new Xtc(0, nan)), "xtc_threshold");
        refused(with(new Mirostat(1, nan, 0)), "mirostat_tau");
        refused(with(new Mirostat(1, 1, nan)), "mirostat_eta");
        refused(with(List.of(new Bias(1, nan))), "logit_bias of token 1 is NaN");
    }

    @Test
    void whatIsOutsideItsRangeIsRefusedByName() {
        refused(new Sampling(1L << 32, D.temperature(), D.cutoffs(), D.penalties()), "seed");
        refused(new Sampling(0, Temperature.of(-1), D.cutoffs(), D.penalties()), "temperature is -1");
        refused(with(new Cutoffs(1, 1.5f, 0, 1, -1)), "top_p is 1.5, allowed are 0 to 1");
        refused(new Sampling(0, D.temperature(), D.cutoffs(), new Penalties(-2, 1, 0, 0)), "repeat_last_n is -2");
        refused(with(new Dry(1, 1, -1, 1, List.of())), "dry_allowed_length");
        refused(with(new Dry(1, 1, 1, -2, List.of())), "dry_penalty_last_n");
        refused(with(new Dry(1, 1, 1, 1, Collections.nCopies(65, "a"))), "dry_sequence_breakers is 65");
        refused(with(new Dry(1, 1, 1, 1, List.of("a".repeat(257)))), "dry_sequence_breaker is 257");
        refused(with(new Mirostat(3, 1, 1)), "mirostat is 3");
        refused(with(List.of(new Bias(100, 1))), "token 100 is not in the vocabulary");
        refused(with(List.of(new Bias(1, Float.POSITIVE_INFINITY))), "logit_bias of token 1");
        refused(with(Collections.nCopies(4097, new Bias(1, 1))), "logit_bias entries is 4097");
    }

    @Test
    void endingsGrammarsProbabilitiesAndAdaptersAreBounded() {
        refused(ending(new Ending(-2, List.of(), OptionalInt.empty())), "num_predict is -2");
        refused(ending(new Ending(1, Collections.nCopies(65, "a"), OptionalInt.empty())), "stop texts is 65");
        refused(ending(new Ending(1, List.of(""), OptionalInt.empty())), "length of a stop text is 0");
        refused(ending(new Ending(1, List.of(), OptionalInt.of(-1))), "num_keep is -1");
        refused(order("x".repeat(300_000), 0, List.of()), "length of the grammar");
        refused(order(null, 21, List.of()), "logprobs is 21, allowed are -1 to 20");
        refused(order(null, -2, List.of()), "logprobs is -2");
        refused(order(null, 0, List.of(new Adapter(Path.of("a"), Float.NaN))), "scale of an adapter is NaN");
        refused(order(null, 0, Collections.nCopies(9, new Adapter(Path.of("a"), 1))), "number of adapters is 9");
    }

    @Test
    void controlTokensThatAreShownAreBounded() {
        refused(showing(Collections.nCopies(65, "a")), "number of shown control tokens is 65");
        refused(showing(List.of("a", "")), "length of a shown control token is 0");
        refused(showing(List.of("a".repeat(129))), "length of a shown control token is 129, allowed are 1 to 128");
        assertThatCode(() -> OrderCheck.check(showing(List.of("<think>")), 100, 50))
                .doesNotThrowAnyException();
    }

    private static GenerationOrder showing(List<String> shown) {
        return new GenerationOrder(new int[1], D, Ending.after(1), Optional.empty(), -1, List.of(), "", shown);
    }

    @Test
    void promptsAreOfTokensAndFit() {
        refused(new GenerationOrder(new int[0], D, Ending.after(1)), "the prompt is empty");
        refused(new GenerationOrder(new int[] {1, -1}, D, Ending.after(1)), "token -1 is not in the vocabulary");
        refused(new GenerationOrder(new int[50], D, Ending.after(1)), "the prompt has 50 tokens, the context 50");
    }

    private static Sampling with(Cutoffs cutoffs) {
        return new Sampling(0, D.temperature(), cutoffs, D.penalties());
    }

    private static Sampling with(Dry dry) {
        return new Sampling(
                0, D.temperature(), D.cutoffs(), D.penalties(), dry, D.xtc(), D.mirostat(), D.bias(), false);
    }

    private static Sampling with(Xtc xtc) {
        return new Sampling(
                0, D.temperature(), D.cutoffs(), D.penalties(), D.dry(), xtc, D.mirostat(), D.bias(), false);
    }

    private static Sampling with(Mirostat mirostat) {
        return new Sampling(
                0, D.temperature(), D.cutoffs(), D.penalties(), D.dry(), D.xtc(), mirostat, D.bias(), false);
    }

    private static Sampling with(List<Bias> bias) {
        return new Sampling(
                0, D.temperature(), D.cutoffs(), D.penalties(), D.dry(), D.xtc(), D.mirostat(), bias, false);
    }

    private static GenerationOrder ending(Ending ending) {
        return new GenerationOrder(new int[1], D, ending);
    }

    private static GenerationOrder order(String grammar, int logprobs, List<Adapter> adapters) {
        return new GenerationOrder(
                new int[1], D, Ending.after(1), Optional.ofNullable(grammar), logprobs, adapters, "");
    }

    private static void fine(Sampling sampling) {
        var order = new GenerationOrder(new int[1], sampling, Ending.after(-1));
        assertThatCode(() -> OrderCheck.check(order, 100, 50)).doesNotThrowAnyException();
    }

    private static void refused(Sampling sampling, String words) {
        refused(new GenerationOrder(new int[1], sampling, Ending.after(-1)), words);
    }

    private static void refused(GenerationOrder order, String words) {
        assertThatThrownBy(() -> OrderCheck.check(order, 100, 50))
                .isInstanceOf(LlamaException.class)
                .hasMessageContaining(words);
    }
}
