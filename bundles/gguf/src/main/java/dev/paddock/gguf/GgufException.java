package dev.paddock.gguf;

import java.io.IOException;

/** The bytes are not a sound GGUF file. The message says what is wrong and at which byte. */
public class GgufException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long position;

    /**
     * @param what what is wrong, in words for the person who supplied the file
     * @param position byte offset in the file where it was noticed
     */
    public GgufException(String what, long position) {
        super(what + " (at byte " + position + ")");
        this.position = position;
    }

    /** Byte offset in the file where the fault was noticed. */
    public long position() {
        return position;
    }
}
