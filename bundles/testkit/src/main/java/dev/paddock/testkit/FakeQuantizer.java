package dev.paddock.testkit;

import dev.paddock.api.engine.QuantizeOrder;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.gguf.FileType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Locale;

/** Quantizes by changing the number that says how a file is packed, and nothing else. */
final class FakeQuantizer {
    private static final byte[] KEY = "general.file_type".getBytes(StandardCharsets.UTF_8);
    /** Of the value, before it. */
    private static final int TYPE_BYTES = 4;

    private static final int STEPS = 4;

    private FakeQuantizer() {}

    /** @param halfway is called when half of it is done */
    static void run(QuantizeOrder order, QuantizeOrder.Progress progress, Runnable halfway) {
        int type = FileType.valueOf(order.type().toUpperCase(Locale.ROOT)).id();
        try {
            byte[] content = Files.readAllBytes(order.source());
            int at = indexOf(content);
            if (at >= 0) {
                ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).putInt(at + KEY.length + TYPE_BYTES, type);
            }
            for (int step = 1; step <= STEPS; step++) {
                progress.at((long) content.length * step / STEPS, content.length);
                if (step == STEPS / 2) halfway.run();
            }
            Files.write(order.target(), content);
        } catch (IOException e) {
            throw new PaddockException(Fault.INVALID_REQUEST, "the source cannot be read: " + e, e);
        }
    }

    private static int indexOf(byte[] content) {
        for (int i = 0; i + KEY.length + TYPE_BYTES + Integer.BYTES <= content.length; i++) {
            int same = 0;
            while (same < KEY.length && content[i + same] == KEY[same]) same++;
            if (same == KEY.length) return i;
        }
        return -1;
    }
}
