package dev.paddock.transfer.net;

import java.io.IOException;
import java.io.OutputStream;

/** What a request carries. It may be asked for more than once. */
public interface Body {
    /** Nothing. */
    Body NONE = of(new byte[0]);

    /** Bytes. */
    long length();

    /**
     * Writes all of them.
     *
     * @param excuse is called after a wait that is not the other side's fault
     */
    void write(OutputStream out, Runnable excuse) throws IOException;

    /** These bytes. */
    static Body of(byte[] content) {
        return new Body() {
            @Override
            public long length() {
                return content.length;
            }

            @Override
            public void write(OutputStream out, Runnable excuse) throws IOException {
                out.write(content);
            }
        };
    }
}
