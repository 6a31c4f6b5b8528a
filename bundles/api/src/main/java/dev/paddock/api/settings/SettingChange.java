package dev.paddock.api.settings;

import java.time.Instant;

/**
 * One change of the user's own settings, as it is remembered.
 *
 * @param id names it, for undoing
 * @param at when
 * @param by who: an identity, {@code file} for an edited file, {@code console} for the web console
 * @param place the setting
 * @param before what the user had set before; null when nothing
 * @param after what is set since; null when nothing
 * @param secret whether both values are left out, so that it cannot be undone
 */
public record SettingChange(
        String id, Instant at, String by, Place place, Object before, Object after, boolean secret) {
    /**
     * Which setting.
     *
     * @param pid the configuration
     * @param key the key in it
     */
    public record Place(String pid, String key) {
        @Override
        public String toString() {
            return pid + " " + key;
        }
    }
}
