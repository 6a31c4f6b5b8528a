package dev.paddock.api.engine;

/**
 * What a loaded model can do.
 *
 * @param generate continues prompts
 * @param embed gives vectors
 * @param rank its vectors are scores of a question and a document
 * @param shift its context can be shifted
 * @param rewind a cached prefix can be cut at any token; otherwise only where a checkpoint was kept
 */
public record Abilities(boolean generate, boolean embed, boolean rank, boolean shift, boolean rewind) {}
