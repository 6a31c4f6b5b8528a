package dev.paddock.testkit;

import dev.paddock.api.engine.Ending;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the fake engine will do for one prompt.
 *
 * @param text the whole answer, one token a byte
 * @param crashAfter tokens after which the runner dies; negative = it lives
 * @param holdAfter tokens after which the generation waits at the gate
 * @param gate where it waits, if anywhere
 */
record FakeAnswer(String text, int crashAfter, int holdAfter, Optional<Gate> gate) {
    private static final Pattern DIRECTIVE = Pattern.compile("fake:(say|crash|hold)=([^\\n<]*)");
    private static final Pattern LAST_TURN = Pattern.compile("(?s).*<\\|im_start\\|>user\\n(.*?)<\\|im_end\\|>.*");

    /** The last user's turn of a ChatML prompt, or the whole prompt when it is not ChatML. */
    static String lastTurn(String prompt) {
        var turn = LAST_TURN.matcher(prompt);
        return turn.matches() ? turn.group(1) : prompt;
    }

    /** This answer, changed by what the prompt says: {@code fake:say=}, {@code fake:crash=}, {@code fake:hold=}. */
    FakeAnswer directedBy(String prompt, Gate shared) {
        FakeAnswer answer = this;
        var directive = DIRECTIVE.matcher(lastTurn(prompt));
        while (directive.find()) {
            String value = directive.group(2).strip();
            answer = switch (directive.group(1)) {
                case "say" -> new FakeAnswer(value, answer.crashAfter, answer.holdAfter, answer.gate);
                case "crash" -> new FakeAnswer(answer.text, Integer.parseInt(value), answer.holdAfter, answer.gate);
                default -> new FakeAnswer(answer.text, answer.crashAfter, Integer.parseInt(value), Optional.of(shared));
            };
        }
        return answer;
    }

    /** The tokens that come before the first stop text or the limit. */
    int[] tokens(Ending ending) {
        int maxTokens = ending.maxTokens();
        int[] all = bytes(text.substring(0, stopAt(ending.stop())));
        return maxTokens >= 0 && maxTokens < all.length ? Arrays.copyOf(all, maxTokens) : all;
    }

    /** Whether the token limit ends the answer before its own end or a stop text does. */
    boolean cutBy(Ending ending) {
        int maxTokens = ending.maxTokens();
        return maxTokens >= 0 && bytes(text.substring(0, stopAt(ending.stop()))).length > maxTokens;
    }

    private int stopAt(List<String> stop) {
        return stop.stream().mapToInt(text::indexOf).filter(at -> at >= 0).min().orElse(text.length());
    }

    private static int[] bytes(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int[] tokens = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) tokens[i] = bytes[i] & 0xff;
        return tokens;
    }
}
