package dev.paddock.api.settings;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Settings that are seen and changed while the server runs. The only one that writes configurations: whoever wants one
 * changed asks here. A change is kept in the user's file for the next start, acts at once where it can, and is remembered.
 */
@ProviderType
public interface SettingsEditor {
    /**
     * How a change went.
     *
     * @param setting as it is now
     * @param effect whether it acts
     * @param note one sentence when it does not act at once; else empty
     */
    record Outcome(KnownSetting setting, Effect effect, String note) {}

    /** When a change acts. */
    enum Effect {
        /** The setting had that value already. */
        NONE,
        /** Now. */
        NOW,
        /** When the server is started the next time. */
        NEXT_START,
        /** Not while an environment variable says something else. */
        OVERRIDDEN
    }

    /** Everything that can be set, sorted by pid and key. */
    List<KnownSetting> known();

    /**
     * Sets a value.
     *
     * @param value of the declared kind, or a text that stands for it; a list also as a text with commas
     * @param by who asks, for the history
     * @throws dev.paddock.api.fault.PaddockException with {@link dev.paddock.api.fault.Fault#INVALID_REQUEST} and the
     *     reason when there is no such setting or the value cannot be, with
     *     {@link dev.paddock.api.fault.Fault#STORE_FAILED} when it could not be kept; then nothing changed
     */
    Outcome set(SettingChange.Place place, Object value, String by);

    /** Takes the user's value away, so that what is shipped counts; throws as {@link #set}. */
    Outcome unset(SettingChange.Place place, String by);

    /** The changes that are remembered, the newest first. */
    List<SettingChange> history();

    /** Sets what was set before a change; that is a change, too. Throws as {@link #set}. */
    Outcome revert(String id, String by);
}
