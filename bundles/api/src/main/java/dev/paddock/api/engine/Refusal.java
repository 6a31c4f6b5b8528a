package dev.paddock.api.engine;

/**
 * Why a backend is not used.
 *
 * @param reason one of a closed set
 * @param detail what was seen: the loader's own text, or numbers
 * @param remedy what to do about it, one sentence
 */
public record Refusal(Reason reason, String detail, String remedy) {
    /** All there are. */
    public enum Reason {
        /** The bundle holds nothing for this platform. */
        WRONG_PLATFORM,
        /** The driver, or a library that comes with it, is not on this machine. */
        DRIVER_MISSING,
        /** The driver is there, but too old. */
        DRIVER_TOO_OLD,
        /** The driver is there, but no device that may be used. */
        NO_DEVICE,
        /** The library was made for another version of llama.cpp. */
        WRONG_VERSION,
        /** The library cannot be loaded for another reason; the detail is the loader's text. */
        LIBRARY_REFUSED,
        /** The files could not be brought together: a damaged bundle, a full disk. */
        FILES_UNAVAILABLE,
        /** The probe took too long and was ended. */
        PROBE_TIMED_OUT,
        /** The probe's process died. */
        PROBE_CRASHED,
        /** It answered otherwise than the one it was to replace, or much slower. */
        CANARY_FAILED
    }
}
