package dev.paddock.runner;

import dev.paddock.runner.llama.Context;
import dev.paddock.runner.llama.NativeChain;
import dev.paddock.runner.llama.NativeLog;
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
import java.util.List;
import java.util.Map;

/**
 * The plainest decode there is: greedy, no socket, all streams in step. What the server is measured against and compared
 * with.
 */
final class PlainDecode implements AutoCloseable {
    private static final int BATCH = 512;

    private final Loader.Loaded loaded;
    private final NativeChain greedy;
    private final int streams;

    /**
     * Loads the model that the options name.
     *
     * @param contextLength tokens of each stream; 0 = what the model was trained for
     * @param streams how many are decoded together, 1 to 256
     */
    PlainDecode(Options options, int contextLength, int streams) {
        this.streams = streams;
        var backend = new BackendFiles("cpu", options.list("backend"));
        var order = new Message.Load(
                options.path("model").toString(),
                "",
                new Message.Libraries(options.path("libs").toString(), List.of(backend), Map.of()),
                List.of(),
                new Message.Sizes(contextLength, 0, BATCH, BATCH, streams, options.number("threads", 0), 0),
                "",
                "",
                Message.Tuning.PLAIN);
        loaded = new Loader(new NativeLog((level, line) -> System.err.println(line))).load(order, fraction -> true);
        greedy = new NativeChain(loaded.model().vocabulary());
        greedy.greedy();
    }

    /** Prints the text that follows a prompt, until the model ends it. */
    static void complete(Options options) throws IOException {
        String text = Files.readString(options.path("prompt-file"));
        int predict = options.number("predict", 128);
        try (PlainDecode plain = new PlainDecode(options, options.number("context", 0), 1)) {
            int[] prompt = plain.vocabulary().tokenize(text, true, true);
            int[] answer = new int[predict];
            int length = 0;
            int[] token = {plain.prefill(0, prompt)};
            while (length < predict && !plain.vocabulary().endsGeneration(token[0])) {
                answer[length] = token[0];
                plain.step(token, prompt.length + length);
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

    /** The model's tokens. */
    Vocabulary vocabulary() {
        return loaded.model().vocabulary();
    }

    /** Computes the prompt of a stream anew, and gives the token after it. */
    int prefill(int stream, int[] prompt) {
        Context context = loaded.context();
        context.forget(stream, 0);
        TokenBatch batch = context.batch();
        int index = 0;
        for (int start = 0; start < prompt.length; start += BATCH) {
            batch.clear();
            for (int i = start; i < Math.min(prompt.length, start + BATCH); i++) {
                index = batch.add(prompt[i], i, stream, i == prompt.length - 1);
            }
            decode(context);
        }
        return greedy.sample(context, index);
    }

    /** One step of all streams: each token, at this position, gives way to the one that follows it. */
    void step(int[] tokens, int position) {
        Context context = loaded.context();
        TokenBatch batch = context.batch();
        batch.clear();
        for (int stream = 0; stream < streams; stream++) batch.add(tokens[stream], position, stream, true);
        decode(context);
        for (int stream = 0; stream < streams; stream++) tokens[stream] = greedy.sample(context, stream);
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
