package dev.paddock.runner;

import java.util.Arrays;

/** Speeds of a {@link PlainDecode} of arbitrary tokens, as JSON: the yardstick for everything above it. */
final class RawSpeed {
    private final int promptTokens;
    private final int predict;
    private final int streams;
    private final double[] promptSpeeds;
    private final double[] decodeSpeeds;
    private final double[] stepTimes;

    private RawSpeed(Options options) {
        promptTokens = atLeastOne(options, "prompt-tokens", 512);
        predict = atLeastOne(options, "predict", 128);
        streams = atLeastOne(options, "streams", 1);
        int runs = atLeastOne(options, "runs", 3);
        promptSpeeds = new double[runs];
        decodeSpeeds = new double[runs];
        stepTimes = new double[runs];
    }

    private static int atLeastOne(Options options, String name, int otherwise) {
        int number = options.number(name, otherwise);
        if (number < 1) throw new IllegalArgumentException("--" + name + " is " + number + "; at least 1 is needed");
        return number;
    }

    /**
     * Prints one line: for each run, tokens a second of all streams together while their prompts were computed ({@code
     * prompt_tps}) and while they were continued ({@code decode_tps}), and the median time of a step ({@code step_ms}).
     */
    static void measure(Options options) {
        RawSpeed speed = new RawSpeed(options);
        try (PlainDecode plain = new PlainDecode(options, speed.promptTokens + speed.predict, speed.streams)) {
            for (int run = 0; run < speed.promptSpeeds.length; run++) speed.run(plain, run);
        }
        System.out.println(speed.json());
    }

    private void run(PlainDecode plain, int run) {
        int[] tokens = new int[streams];
        long start = System.nanoTime();
        for (int stream = 0; stream < streams; stream++) {
            tokens[stream] =
                    plain.prefill(stream, prompt(stream, plain.vocabulary().size()));
        }
        long prefilled = System.nanoTime();
        long[] steps = new long[predict];
        long before = prefilled;
        for (int i = 0; i < predict; i++) {
            plain.step(tokens, promptTokens + i);
            long now = System.nanoTime();
            steps[i] = now - before;
            before = now;
        }
        promptSpeeds[run] = (double) streams * promptTokens * 1e9 / (prefilled - start);
        decodeSpeeds[run] = (double) streams * predict * 1e9 / (before - prefilled);
        Arrays.sort(steps);
        stepTimes[run] = steps[predict / 2] / 1e6;
    }

    /** Another one for each stream. */
    private int[] prompt(int stream, int vocabulary) {
        int[] prompt = new int[promptTokens];
        for (int i = 0; i < promptTokens; i++) prompt[i] = (int) ((i * 7919L + stream * 104_729L) % vocabulary);
        return prompt;
    }

    private String json() {
        return "{\"streams\":" + streams + ",\"prompt_tps\":" + Arrays.toString(promptSpeeds) + ",\"decode_tps\":"
                + Arrays.toString(decodeSpeeds) + ",\"step_ms\":" + Arrays.toString(stepTimes) + "}";
    }
}
