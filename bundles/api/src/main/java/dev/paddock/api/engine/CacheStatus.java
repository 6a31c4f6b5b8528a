package dev.paddock.api.engine;

/**
 * The prefix cache of a runner.
 *
 * @param cells tokens that the KV cache holds at most
 * @param live tokens in it that belong to running sequences
 * @param kept tokens in it that are kept for later, and given up when room is needed
 * @param hostBytes sequence state kept in host memory
 * @param diskBytes sequence state kept on disk
 * @param reused prompt tokens that did not need to be computed, since start
 */
public record CacheStatus(int cells, int live, int kept, long hostBytes, long diskBytes, long reused) {
    /** Nothing in it. */
    public static final CacheStatus EMPTY = new CacheStatus(0, 0, 0, 0, 0, 0);
}
