package dev.paddock.api.engine;

import java.util.List;

/**
 * How likely a token was, before any sampler touched the logits.
 *
 * @param token its id
 * @param bytes what it prints; may be part of a character
 * @param value natural logarithm of its probability
 * @param top the likeliest tokens of that place, best first; empty unless asked for, and within itself
 */
public record Logprob(int token, byte[] bytes, float value, List<Logprob> top) {
    public Logprob {
        top = List.copyOf(top);
    }
}
