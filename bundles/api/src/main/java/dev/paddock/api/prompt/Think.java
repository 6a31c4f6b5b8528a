package dev.paddock.api.prompt;

/** Whether and how hard the model is asked to reason before it answers. */
public enum Think {
    /** Not said: the model's own default. */
    UNSET,
    OFF,
    ON,
    LOW,
    MEDIUM,
    HIGH,
    MAX;

    /** Whether reasoning was asked for. */
    public boolean wanted() {
        return this != UNSET && this != OFF;
    }
}
