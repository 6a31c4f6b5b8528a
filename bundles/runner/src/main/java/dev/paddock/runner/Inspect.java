package dev.paddock.runner;

import dev.paddock.api.engine.Adapter;
import dev.paddock.api.fault.Fault;
import dev.paddock.runner.llama.Adapters;
import dev.paddock.runner.llama.Context;
import dev.paddock.runner.llama.EmbeddingContext;
import dev.paddock.runner.llama.LlamaException;
import dev.paddock.runner.llama.Logits;
import dev.paddock.runner.llama.NativeLog;
import dev.paddock.runner.llama.Vocabulary;
import dev.paddock.runner.protocol.Message;
import dev.paddock.runner.protocol.Message.BackendFiles;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Prints what a model computes, as numbers: for comparing it with what others compute from the same weights. */
final class Inspect {
    private static final int MOST_TOKENS = 4096;
    /** Between the texts of a file: U+001E, the record separator. */
    private static final String BETWEEN = "\u001e";

    private Inspect() {}

    /**
     * Prints lines of JSON. For each text of {@code --texts}, the tokens of it. For {@code --tokens}, one line for each
     * token with the logits after it; of a model that is made for vectors, one line with the vector of all.
     */
    static void run(Options options) throws IOException {
        NativeLog log = new NativeLog((level, line) -> System.err.println(line));
        try (Loader.Loaded loaded = new Loader(log).load(order(options), fraction -> true)) {
            if (options.has("texts")) tokens(options, loaded.model().vocabulary());
            if (options.has("tokens")) numbers(options, loaded, log);
        }
    }

    private static Message.Load order(Options options) {
        var backend = new BackendFiles("cpu", options.list("backend"));
        int context = options.number("context", 512);
        return new Message.Load(
                options.path("model").toString(),
                "",
                new Message.Libraries(options.path("libs").toString(), List.of(backend), Map.of()),
                List.of(),
                new Message.Sizes(context, 0, context, context, 1, options.number("threads", 1), 0),
                "",
                "",
                Message.Tuning.PLAIN);
    }

    private static void tokens(Options options, Vocabulary vocabulary) throws IOException {
        for (String text : Files.readString(options.path("texts")).split(BETWEEN, -1)) {
            System.out.println(Arrays.toString(vocabulary.tokenize(text, true, true)));
        }
    }

    private static void numbers(Options options, Loader.Loaded loaded, NativeLog log) {
        List<String> words = options.list("tokens");
        if (words.size() > MOST_TOKENS) throw new IllegalArgumentException("more than " + MOST_TOKENS + " tokens");
        int[] tokens = new int[words.size()];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = loaded.model().vocabulary().check(Integer.parseInt(words.get(i)));
        }
        if (!loaded.generates()) vector(tokens, loaded, log);
        else logits(tokens, options, loaded, log);
    }

    private static void logits(int[] tokens, Options options, Loader.Loaded loaded, NativeLog log) {
        Context context = loaded.context();
        try (Adapters adapters = new Adapters(loaded.model(), context, log)) {
            if (options.has("adapter")) adapters.use(List.of(new Adapter(options.path("adapter"), 1)));
            for (int i = 0; i < tokens.length; i++) {
                context.batch().clear();
                int index = context.batch().add(tokens[i], i, 0, true);
                require(context.decode());
                var row = Logits.of(context, index, loaded.model().vocabulary());
                System.out.println(Arrays.toString(row.toArray(ValueLayout.JAVA_FLOAT)));
            }
        }
    }

    private static void vector(int[] tokens, Loader.Loaded loaded, NativeLog log) {
        var order = new EmbeddingContext.Order(tokens.length, tokens.length, tokens.length, 1, 1);
        var model = loaded.model();
        try (var context = new EmbeddingContext(model, model.vectors(), loaded.backends(), order, log)) {
            for (int i = 0; i < tokens.length; i++) context.batch().add(tokens[i], i, 0, true);
            require(context.compute());
            System.out.println(Arrays.toString(context.vector(0)));
        }
    }

    private static void require(int result) {
        if (result != Context.DONE) {
            throw new LlamaException(Fault.INTERNAL, "llama_decode returned " + result);
        }
    }
}
