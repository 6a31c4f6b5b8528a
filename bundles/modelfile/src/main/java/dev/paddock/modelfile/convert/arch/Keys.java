package dev.paddock.modelfile.convert.arch;

import dev.paddock.gguf.GgufWriter;

/**
 * Writes settings under the name of their architecture.
 *
 * @param architecture llama.cpp's name of it
 * @param out where they go
 */
public record Keys(String architecture, GgufWriter out) {
    Keys count(String key, long value) {
        out.uint32(architecture + '.' + key, value);
        return this;
    }

    Keys number(String key, double value) {
        out.float32(architecture + '.' + key, value);
        return this;
    }

    Keys flag(String key, boolean value) {
        out.bool(architecture + '.' + key, value);
        return this;
    }

    Keys text(String key, String value) {
        out.text(architecture + '.' + key, value);
        return this;
    }
}
