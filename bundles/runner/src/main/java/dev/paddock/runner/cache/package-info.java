/** What was computed once and may serve again: prefixes of token sequences in the KV cache, in host memory and on disk. */
package dev.paddock.runner.cache;
