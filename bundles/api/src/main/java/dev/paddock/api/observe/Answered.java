package dev.paddock.api.observe;

import java.time.Duration;

/**
 * How an HTTP request went.
 *
 * @param request its id, as {@link dev.paddock.api.security.Asker#request} names it
 * @param method in upper case
 * @param route the pattern that its path matched, such as {@code /api/explain/*}; empty when it matched none that is known
 * @param status the HTTP status that its client got; of a stream that failed on the way, 200
 * @param identity who asked
 * @param time from the first byte to the end of the answer
 */
public record Answered(String request, String method, String route, int status, String identity, Duration time) {}
