package dev.paddock.modelfile.convert.arch;

import dev.paddock.modelfile.convert.Config;
import dev.paddock.modelfile.convert.Refused;

/**
 * A decoder's attention.
 *
 * @param width of a token's vector
 * @param queries how many query heads
 * @param keys how many heads of keys and values, of which each serves as many queries
 * @param size of a head
 * @param sizeGiven whether the configuration names the size
 */
record Heads(int width, int queries, int keys, int size, boolean sizeGiven) {
    static Heads of(Config config) {
        int width = config.size(Config.WIDTH, "hidden_size");
        int queries = config.size(Config.WIDTH, "num_attention_heads");
        boolean given = config.has("head_dim");
        int size = given ? config.size(Config.WIDTH, "head_dim") : width / queries;
        int keys = config.has("num_key_value_heads") ? config.size(Config.WIDTH, "num_key_value_heads") : queries;
        if (queries % keys != 0 || size % 2 != 0 || (!given && width % queries != 0)) {
            throw Refused.because(config.file() + ": " + queries + " heads and " + keys
                    + " heads of keys do not fit a width of " + width + " and heads of " + size);
        }
        return new Heads(width, queries, keys, size, given);
    }
}
