package dev.paddock.cli.bench;

import dev.paddock.cli.server.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Measures one server: how long prompts must be, the same prompt twice, then each number of clients. */
final class Measurement {
    private static final int FEW_WORDS = 32;
    private static final int MANY_WORDS = 96;
    private static final int SHORT_ANSWER = 8;
    /** After so many pieces of text the JVMs of client, server and runner have compiled what a piece takes. */
    private static final int WARM_TOKENS = 600;

    private final OpenAi server;
    private final String model;
    private final LoadOptions options;
    private final Load load;
    private final Prompts prompts;
    private final Consumer<String> progress;
    private PromptLength length = PromptLength.UNKNOWN;
    private long promptTokens;

    /** @param progress is told each step */
    Measurement(
            OpenAi server, String model, LoadOptions options, Cancellation cancellation, Consumer<String> progress) {
        this.server = server;
        this.model = model;
        this.options = options;
        this.load = new Load(server, cancellation);
        // What an earlier run has asked must not be in a cache.
        this.prompts = new Prompts(System.nanoTime());
        this.progress = progress;
    }

    /**
     * Asks a little, so that the model is loaded and warm, and learns how many words make the prompt's tokens.
     *
     * @throws Failure when the server does not answer as an OpenAI-compatible one does
     */
    void warmUp() {
        progress.accept("asking " + model + " on " + server.address() + " for the first time");
        Sample few = first(prompts.next(FEW_WORDS));
        Sample many = first(prompts.next(MANY_WORDS));
        length = PromptLength.of(FEW_WORDS, few.promptTokens(), MANY_WORDS, many.promptTokens());
        if (length == PromptLength.UNKNOWN)
            progress.accept("it counts no tokens: words and pieces are counted instead");
        promptTokens = first(prompt()).promptTokens();
    }

    private Sample first(String prompt) {
        Sample sample = load.turn(List.of(prompt), SHORT_ANSWER).samples().getFirst();
        if (sample.good()) return sample;
        String message = sample.ending() == Ending.DONE ? "the answer has no text" : sample.message();
        if (sample.ending() == Ending.REFUSED) {
            message += "; asked at " + server.address() + (options.way() == OpenAi.Way.chat ? "/chat" : "")
                    + "/completions" + known();
        }
        throw new Failure(message);
    }

    private String known() {
        List<String> models = server.models();
        return models.isEmpty() ? "" : "; its models: " + String.join(", ", models);
    }

    private String prompt() {
        return prompts.next(length.words(options.promptTokens()));
    }

    /** Tokens of a prompt as the server counted them; as wanted when it does not count. */
    int promptTokens() {
        return promptTokens > 0 ? (int) promptTokens : options.promptTokens();
    }

    /** Measures everything; with a raw loop, each turn has one of it before. */
    Results run(Optional<RawLoop> raw) {
        Prefix prefix = prefix();
        List<Level> levels = new ArrayList<>();
        for (int clients : options.clients()) levels.add(level(clients, raw));
        return new Results(
                server.address().toString(), model, promptTokens(), options.predict(), options.runs(), levels, prefix);
    }

    private Prefix prefix() {
        List<Double> cold = new ArrayList<>();
        List<Double> cached = new ArrayList<>();
        for (int run = 1; run <= options.runs(); run++) {
            progress.accept("the same prompt twice, run " + run + " of " + options.runs());
            String prompt = prompt();
            Turn first = load.turn(List.of(prompt), SHORT_ANSWER);
            Turn again = load.turn(List.of(prompt), SHORT_ANSWER);
            // Only pairs count: the one without the other would shift the median.
            if (first.good().isEmpty() || again.good().isEmpty()) continue;
            cold.addAll(first.firstMillis());
            cached.addAll(again.firstMillis());
        }
        return new Prefix(cold, cached);
    }

    /** The plain loop has a run before the one that counts; so has each level. */
    private void warm(int clients) {
        progress.accept(clients + (clients == 1 ? " client" : " clients") + ": warming up");
        for (int left = WARM_TOKENS; left > 0; left -= clients * options.predict()) {
            load.turn(Stream.generate(this::prompt).limit(clients).toList(), options.predict());
        }
    }

    private Level level(int clients, Optional<RawLoop> raw) {
        List<Turn> turns = new ArrayList<>();
        List<RawLoop.Speeds> speeds = new ArrayList<>();
        if (raw.isPresent()) warm(clients);
        for (int run = 1; run <= options.runs(); run++) {
            String step = clients + (clients == 1 ? " client" : " clients") + ", run " + run + " of " + options.runs();
            if (raw.isPresent()) {
                progress.accept(step + ": raw");
                speeds.add(raw.get().run(clients, promptTokens(), options.predict()));
            }
            progress.accept(step + ": http");
            turns.add(load.turn(Stream.generate(this::prompt).limit(clients).toList(), options.predict()));
        }
        return new Level(clients, turns, speeds);
    }
}
