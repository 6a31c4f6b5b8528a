package dev.paddock.runner;

import dev.paddock.api.engine.Sampling;
import dev.paddock.runner.llama.Context;
import dev.paddock.runner.llama.NativeLog;
import dev.paddock.runner.llama.SamplerChain;
import dev.paddock.runner.llama.TokenBatch;
import dev.paddock.runner.llama.Vocabulary;
import dev.paddock.runner.protocol.Message;
import dev.paddock.runner.protocol.Message.BackendFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;

/**
 * The plainest decode there is: one prompt, one sequence, greedy, no socket. What the server is measured against and
 * compared with.
 */
final class PlainDecode implements AutoCloseable {
    private static final int BATCH = 512;

    private final Loader.Loaded loaded;
    private final SamplerChain greedy;

    private PlainDecode(Options options, int contextLength) {
        var backend = new BackendFiles("cpu", options.list("backend"));
        var order = new Message.Load(
                options.path("model").toString(),
                "",
                options.path("libs").toString(),
                List.of(backend),
                new Message.Sizes(contextLength, 0, BATCH, BATCH, 1, options.number("threads", 0), 0),
                "",
                "",
                Message.Tuning.PLAIN);
        loaded = new Loader(new NativeLog((level, line) -> System.err.println(line))).load(order, fraction -> true);
        greedy = new SamplerChain(
                Sampling.GREEDY, loaded.model().vocabulary().size(), contextLength);
    }

    /** Prints speeds of a prompt of arbitrary tokens and of what follows it. */
    static void measure(Options options) {
        int promptTokens = options.number("prompt-tokens", 512);
        int predict = options.number("predict", 128);
        int runs = options.number("runs", 3);
        double[] promptSpeeds = new double[runs];
        double[] decodeSpeeds = new double[runs];
        try (PlainDecode plain = new PlainDecode(options, promptTokens + predict)) {
            int[] prompt = new int[promptTokens];
            for (int i = 0; i < promptTokens; i++)
                prompt[i] = (int) (i * 7919L % plain.vocabulary().size());
            for (int run = 0; run < runs; run++) {
                long start = System.nanoTime();
                int token = plain.prefill(prompt);
                long prefilled = System.nanoTime();
                for (int i = 0; i < predict; i++) token = plain.next(token, promptTokens + i);
                promptSpeeds[run] = promptTokens * 1e9 / (prefilled - start);
                decodeSpeeds[run] = predict * 1e9 / (System.nanoTime() - prefilled);
            }
        }
        System.out.println("{\"prompt_tps\":" + Arrays.toString(promptSpeeds) + ",\"decode_tps\":"
                + Arrays.toString(decodeSpeeds) + "}");
    }

    /** Prints the text that follows a prompt, until the model ends it. */
    static void complete(Options options) throws IOException {
        String text = Files.readString(options.path("prompt-file"));
        int predict = options.number("predict", 128);
        try (PlainDecode plain = new PlainDecode(options, options.number("context", 0))) {
            int[] prompt = plain.vocabulary().tokenize(text, true, true);
            int[] answer = new int[predict];
            int length = 0;
            int token = plain.prefill(prompt);
            while (length < predict && !plain.vocabulary().endsGeneration(token)) {
                answer[length] = token;
                token = plain.next(token, prompt.length + length);
                length++;
            }
            System.out.write(plain.text(answer, length).getBytes(StandardCharsets.UTF_8));
            System.out.flush();
        }
    }

    private String text(int[] tokens, int length) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = Vocabulary.pieceBuffer(arena);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (int i = 0; i < length; i++) bytes.writeBytes(vocabulary().piece(tokens[i], buffer, false));
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }

    private Vocabulary vocabulary() {
        return loaded.model().vocabulary();
    }

    /** Computes a prompt in an empty context, and gives the token after it. */
    private int prefill(int[] prompt) {
        Context context = loaded.context();
        context.forget(0, 0);
        TokenBatch batch = context.batch();
        int index = 0;
        for (int start = 0; start < prompt.length; start += BATCH) {
            batch.clear();
            for (int i = start; i < Math.min(prompt.length, start + BATCH); i++) {
                index = batch.add(prompt[i], i, 0, i == prompt.length - 1);
            }
            decode(context);
        }
        return greedy.sample(context, index);
    }

    private int next(int token, int position) {
        Context context = loaded.context();
        TokenBatch batch = context.batch();
        batch.clear();
        batch.add(token, position, 0, true);
        decode(context);
        return greedy.sample(context, 0);
    }

    private static void decode(Context context) {
        int result = context.decode();
        if (result != Context.DONE) throw new IllegalArgumentException("llama_decode returned " + result);
    }

    @Override
    public void close() {
        greedy.close();
        loaded.close();
    }
}
