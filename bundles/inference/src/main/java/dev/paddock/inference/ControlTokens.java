package dev.paddock.inference;

import dev.paddock.api.prompt.ModelSigns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The texts that a model's tokenizer reads as control tokens, such as {@code <|im_end|>}. Immutable.
 *
 * @param byFirst texts by their first character, longer ones first
 * @param longest characters of the longest token of any kind; 0 when that is not known
 */
record ControlTokens(Map<Character, List<String>> byFirst, int longest) {
    /** Those that a model shows. */
    static ControlTokens of(ModelSigns signs) {
        return of(signs.controlTokens(), signs.longestToken());
    }

    static ControlTokens of(Collection<String> texts, int longest) {
        Map<Character, List<String>> byFirst = new HashMap<>();
        for (String text : texts) {
            if (!text.isEmpty())
                byFirst.computeIfAbsent(text.charAt(0), c -> new ArrayList<>()).add(text);
        }
        byFirst.values()
                .forEach(list ->
                        list.sort(Comparator.comparingInt(String::length).reversed()));
        return new ControlTokens(byFirst, longest);
    }

    /** The control token that stands at a place in a text: the longest, as the tokenizer would read it. */
    Optional<String> at(String text, int index) {
        for (String token : byFirst.getOrDefault(text.charAt(index), List.of())) {
            if (text.startsWith(token, index)) return Optional.of(token);
        }
        return Optional.empty();
    }

    /** Where a text may be cut at or behind a place: before a control token, else at the text's end. */
    int cut(String text, int index) {
        for (int i = index; i < text.length(); i++) {
            if (at(text, i).isPresent()) return i;
        }
        return text.length();
    }

    /** Fewer tokens than this a text cannot have; no tokenizer of a text model drops characters. */
    long leastTokens(String text) {
        return longest == 0 ? 0 : text.codePointCount(0, text.length()) / longest;
    }
}
