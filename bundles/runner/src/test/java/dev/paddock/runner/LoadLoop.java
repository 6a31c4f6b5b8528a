package dev.paddock.runner;

import dev.paddock.runner.embed.EmbedLoop;
import dev.paddock.runner.llama.Backends;
import dev.paddock.runner.llama.Context;
import dev.paddock.runner.llama.LlamaException;
import dev.paddock.runner.llama.Model;
import dev.paddock.runner.llama.NativeLog;
import dev.paddock.runner.llama.Natives;
import dev.paddock.runner.llama.Offload;
import dev.paddock.runner.llama.TokenBatch;
import dev.paddock.runner.llama.Vocabulary;
import dev.paddock.runner.protocol.Message;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A process that loads one model after the other, as {@link Loader} does, and computes a token of each. It reads paths
 * line by line and answers each with a line: {@code loaded}, or {@code refused} and why.
 */
final class LoadLoop {
    private static final int CONTEXT = 256;
    private static final int MOST_TOKENS = 32;

    private final NativeLog log = new NativeLog((level, line) -> {});
    private final Backends backends;

    private LoadLoop(Path libraries) throws Exception {
        Natives.open(libraries);
        backends = Backends.load(
                libraries, RunnerProcess.loadOrder(Path.of(""), 1).libraries().backends(), log);
    }

    public static void main(String[] arguments) throws Exception {
        var loop = new LoadLoop(RealThings.NATIVES);
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println("ready");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(loop.answer(Path.of(line)).replace('\n', ' '));
        }
    }

    private String answer(Path file) {
        try (Model model = Model.load(file, Offload.NONE, log, fraction -> true)) {
            return model.vectors().dedicated() ? vectors(model) : text(model);
        } catch (LlamaException e) {
            return "refused " + e.getMessage();
        }
    }

    private String vectors(Model model) {
        var loop =
                new EmbedLoop(new EmbedLoop.Means(model, backends, log, CONTEXT, 1, FreeMemory.here()), message -> {});
        try (loop) {
            loop.prepare();
            words(model.vocabulary());
            loop.stop();
        }
        return "loaded";
    }

    private String text(Model model) {
        Context.Order size = Loader.size(new Message.Sizes(CONTEXT, CONTEXT, 64, 64, 2, 1, 0), model, 1 << 30);
        try (Context context = new Context(model, backends, size, log)) {
            int[] tokens = words(model.vocabulary());
            TokenBatch batch = context.batch();
            batch.clear();
            for (int i = 0; i < tokens.length; i++) batch.add(tokens[i], i, 0, i == tokens.length - 1);
            if (tokens.length == 0) return "loaded without tokens";
            return "loaded " + context.decode();
        }
    }

    private static int[] words(Vocabulary vocabulary) {
        vocabulary.bosText();
        vocabulary.eosText();
        vocabulary.endTokens();
        vocabulary.suppressedTokens();
        int[] tokens = vocabulary.tokenize("Hello, Wörld! <|im_start|> 17\n\t\u0000\ud83d\ude00", true, true);
        vocabulary.detokenize(tokens);
        int[] all = new int[Math.min(vocabulary.size(), 4096)];
        for (int i = 0; i < all.length; i++) all[i] = i;
        vocabulary.detokenize(all);
        return Arrays.copyOf(tokens, Math.min(tokens.length, MOST_TOKENS));
    }
}
