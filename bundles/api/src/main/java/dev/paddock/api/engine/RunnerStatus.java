package dev.paddock.api.engine;

/**
 * A runner's heartbeat.
 *
 * @param running sequences that hold a place in the context
 * @param waiting requests that wait for one
 * @param promptTokens prompt tokens computed since start
 * @param generatedTokens tokens generated since start
 * @param cache what its prefix cache holds
 * @param vectorBytes memory that computing vectors takes beyond {@link RunnerFacts#memoryBytes()}
 */
public record RunnerStatus(
        int running, int waiting, long promptTokens, long generatedTokens, CacheStatus cache, long vectorBytes) {
    /** Before the first heartbeat and after the end. */
    public static final RunnerStatus IDLE = new RunnerStatus(0, 0, 0, 0, CacheStatus.EMPTY);

    /** Of a model whose runner is being started, while so many requests wait for it. */
    public static RunnerStatus waiting(int requests) {
        return new RunnerStatus(0, requests, 0, 0, CacheStatus.EMPTY);
    }

    /** Of a runner that has computed no vectors. */
    public RunnerStatus(int running, int waiting, long promptTokens, long generatedTokens, CacheStatus cache) {
        this(running, waiting, promptTokens, generatedTokens, cache, 0);
    }
}
