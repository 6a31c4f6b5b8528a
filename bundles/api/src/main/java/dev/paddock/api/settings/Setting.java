package dev.paddock.api.settings;

/**
 * One configured value and where it came from.
 *
 * @param pid the configuration it belongs to, for example {@code dev.paddock.scheduler}
 * @param key its key there, for example {@code keep.alive}
 * @param value the value in effect
 * @param source what set it: {@code default}, a file name, or an environment variable
 */
public record Setting(String pid, String key, Object value, String source) {}
