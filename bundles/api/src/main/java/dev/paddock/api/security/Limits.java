package dev.paddock.api.security;

/**
 * How much a key may ask for. Only requests that run models count.
 *
 * @param requestsPerMinute most requests a minute; 0 = any number
 * @param tokensPerMinute most tokens a minute, those of prompts that must be computed and those of answers; counted when
 *     an answer ends, so that the one under way is not cut; 0 = any number
 * @param parallel most requests at the same time; 0 = any number
 */
public record Limits(long requestsPerMinute, long tokensPerMinute, int parallel) {
    /** As much as it likes. */
    public static final Limits NONE = new Limits(0, 0, 0);

    public Limits {
        if (requestsPerMinute < 0 || tokensPerMinute < 0 || parallel < 0) {
            throw new IllegalArgumentException("requests, tokens and parallel must not be negative; 0 = no limit");
        }
    }
}
