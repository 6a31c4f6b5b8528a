package dev.paddock.inference;

import dev.paddock.api.prompt.ThoughtMarks;
import java.util.Optional;
import java.util.function.Function;

/**
 * How long the thoughts of one answer may be.
 *
 * @param tokens most of them
 * @param marks how they are written
 * @param watch over that answer
 * @param grammarBehind the grammar of an answer that goes on behind this text of it
 */
record ThoughtLimit(
        int tokens, ThoughtMarks marks, ThoughtWatch watch, Function<String, Optional<String>> grammarBehind) {}
