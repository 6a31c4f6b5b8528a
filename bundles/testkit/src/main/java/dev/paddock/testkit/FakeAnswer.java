package dev.paddock.testkit;

import dev.paddock.api.engine.GenerationOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the fake engine will do for one prompt.
 *
 * @param text the whole answer, one token a byte and one for each control token
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

    /** This answer, or what the biases of an order leave of all answers. */
    FakeAnswer forcedBy(GenerationOrder order) {
        int token = FakeVocabulary.forced(order.sampling());
        if (token < 0) return this;
        String one = FakeVocabulary.detokenize(new int[] {token});
        return new FakeAnswer(one.repeat(Math.max(1, order.ending().maxTokens())), crashAfter, holdAfter, gate);
    }

    /** The tokens that come before the first stop text or the limit. */
    int[] tokens(GenerationOrder order) {
        int[] all = whole(order);
        return cutBy(order) ? Arrays.copyOf(all, order.ending().maxTokens()) : all;
    }

    /** Whether the token limit ends the answer before its own end or a stop text does. */
    boolean cutBy(GenerationOrder order) {
        int maxTokens = order.ending().maxTokens();
        return maxTokens >= 0 && whole(order).length > maxTokens;
    }

    /** The stop text that ends it; empty when none does. */
    String stop(GenerationOrder order) {
        String printed = FakeVocabulary.print(FakeVocabulary.tokenize(text, false, true), order.shown());
        if (cutBy(order)) return "";
        return order.ending().stop().stream()
                .filter(printed::contains)
                .min(Comparator.comparingInt(printed::indexOf))
                .orElse("");
    }

    /** Without what follows a token that ends it, or a stop text; one within a control token takes that along. */
    private int[] whole(GenerationOrder order) {
        int[] all = FakeVocabulary.tokenize(text, false, true);
        int stop = stopAt(order.ending().stop(), FakeVocabulary.print(all, order.shown()));
        int count = 0;
        int printed = 0;
        while (count < all.length && !FakeVocabulary.ends(all[count])) {
            printed += FakeVocabulary.bytes(all[count], order.shown()).length;
            if (printed > stop) break;
            count++;
        }
        return Arrays.copyOf(all, count);
    }

    /** How many bytes come before a stop text. */
    private static int stopAt(List<String> stop, String printed) {
        int at = stop.stream()
                .mapToInt(printed::indexOf)
                .filter(i -> i >= 0)
                .min()
                .orElse(printed.length());
        return printed.substring(0, at).getBytes(StandardCharsets.UTF_8).length;
    }
}
