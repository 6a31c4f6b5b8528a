package dev.paddock.runner.sampling;

import dev.paddock.api.engine.Ending;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.Logprob;
import dev.paddock.api.engine.Sampling;
import dev.paddock.runner.RealThings;
import dev.paddock.runner.llama.Backends;
import dev.paddock.runner.llama.Context;
import dev.paddock.runner.llama.Model;
import dev.paddock.runner.llama.NativeLog;
import dev.paddock.runner.llama.Natives;
import dev.paddock.runner.llama.Vocabulary;
import dev.paddock.runner.protocol.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A model and the simplest loop over a sampler. */
final class Answers implements AutoCloseable {
    private static final int CONTEXT = 1024;
    private static final int BATCH = 512;

    private final Model model;
    private final Context context;
    /** Of the last answer, one for each token. */
    final List<Logprob> logprobs = new ArrayList<>();

    Answers() throws IOException {
        this(RealThings.MODEL);
    }

    Answers(Path file) throws IOException {
        NativeLog log = new NativeLog((level, line) -> {});
        Natives.open(RealThings.NATIVES);
        var cpu = new Message.BackendFiles("cpu", RealThings.cpuVariants());
        Backends backends = Backends.load(RealThings.NATIVES, List.of(cpu), log);
        model = Model.load(file, log, fraction -> true);
        context = new Context(model, backends, new Context.Order(CONTEXT, BATCH, BATCH, 1, 1), log);
    }

    Vocabulary vocabulary() {
        return model.vocabulary();
    }

    int[] prompt(String question) {
        String text = "<|im_start|>user\n" + question + "<|im_end|>\n<|im_start|>assistant\n";
        return vocabulary().tokenize(text, true, true);
    }

    /** An order for free text, or with a grammar. */
    GenerationOrder order(String question, Sampling sampling, String grammar) {
        return new GenerationOrder(
                prompt(question), sampling, Ending.after(-1), Optional.ofNullable(grammar), -1, List.of(), "");
    }

    String text(int[] tokens) {
        return vocabulary().detokenize(tokens);
    }

    /** The tokens of an answer, without that which ends it. */
    int[] answer(GenerationOrder order, int most) {
        return answer(order, new int[0], most);
    }

    /** Goes on with an answer that was begun; gives all of it. */
    int[] answer(GenerationOrder order, int[] begun, int most) {
        OrderCheck.check(order, vocabulary().size(), CONTEXT);
        logprobs.clear();
        int start = order.prompt().length;
        int[] tokens = Arrays.copyOf(order.prompt(), start + most);
        System.arraycopy(begun, 0, tokens, start, begun.length);
        int length = start + begun.length;
        context.forget(0, 0);
        ShownTokens shown = ShownTokens.of(order.shown(), vocabulary());
        try (TokenSampler sampler = new TokenSampler(order, vocabulary(), CONTEXT, shown)) {
            sampler.replay(tokens, 0, length, start);
            int computed = 0;
            while (length < start + most) {
                int next = next(sampler, tokens, computed, length);
                if (vocabulary().endsGeneration(next)) break;
                logprobs.add(sampler.logprob());
                computed = length;
                tokens[length++] = next;
            }
        }
        return Arrays.copyOfRange(tokens, start, length);
    }

    private int next(TokenSampler sampler, int[] tokens, int from, int to) {
        context.batch().clear();
        int index = 0;
        for (int i = from; i < to; i++) index = context.batch().add(tokens[i], i, 0, i == to - 1);
        if (context.decode() != Context.DONE) throw new IllegalStateException("not computed");
        return sampler.sample(context, index);
    }

    @Override
    public void close() {
        context.close();
        model.close();
    }
}
