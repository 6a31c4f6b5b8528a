package dev.paddock.runner.protocol;

import java.nio.ByteBuffer;

/**
 * Messages to frames and back. A frame: 4 bytes length of the rest, 1 byte type, the fields in the order of the record.
 */
public final class Codec {
    /** Most bytes of a frame after its length. */
    public static final int MAX_FRAME = 16 << 20;

    static final int HELLO = 1;
    static final int LOAD = 2;
    static final int TOKENIZE = 3;
    static final int DETOKENIZE = 4;
    static final int GENERATE = 5;
    static final int CANCEL = 6;
    static final int SHUTDOWN = 7;
    static final int EMBED = 8;
    static final int TUNE = 9;
    static final int PROBE = 10;
    static final int ASK_FIT = 11;
    static final int QUANTIZE = 12;
    static final int PROGRESS = 16;
    static final int READY = 17;
    static final int TOKENS = 18;
    static final int TEXT = 19;
    static final int CHUNK = 20;
    static final int END = 21;
    static final int FAILED = 22;
    static final int HEARTBEAT = 23;
    static final int LOG = 24;
    static final int VECTORS = 25;
    static final int PROBED = 26;
    static final int FITS = 27;
    static final int PACKING = 28;
    static final int PACKED = 29;

    private Codec() {}

    /**
     * The frame of a message, ready to be written.
     *
     * @throws ProtocolException when it is larger than {@link #MAX_FRAME}
     */
    public static ByteBuffer encode(Message message) throws ProtocolException {
        FrameOutput out = message instanceof Message.FromServer server
                ? ServerFrames.encode(server)
                : RunnerFrames.encode((Message.FromRunner) message);
        return out.frame();
    }

    /**
     * The message of a frame, whose 4 bytes of length were taken off.
     *
     * @throws ProtocolException when the type is unknown or the fields do not fit it
     */
    public static Message decode(ByteBuffer frame) throws ProtocolException {
        if (!frame.hasRemaining()) throw new ProtocolException("an empty message");
        int type = frame.get();
        FrameInput in = new FrameInput(frame);
        Message message = type < PROGRESS ? ServerFrames.decode(type, in) : RunnerFrames.decode(type, in);
        in.end();
        return message;
    }

    /** The length of a frame, checked. */
    static int length(int announced) throws ProtocolException {
        if (announced < 1 || announced > MAX_FRAME) {
            throw new ProtocolException("a message of " + announced + " bytes; allowed are 1 to " + MAX_FRAME);
        }
        return announced;
    }
}
