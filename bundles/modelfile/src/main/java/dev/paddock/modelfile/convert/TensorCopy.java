package dev.paddock.modelfile.convert;

import dev.paddock.gguf.GgmlType;
import dev.paddock.gguf.TensorData;
import dev.paddock.modelfile.safetensors.StoredTensor;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.StandardOpenOption;
import java.util.function.LongConsumer;

/** The data of one tensor on its way: read in pieces, its rows put in order, its numbers converted, and written. */
final class TensorCopy implements TensorData {
    private static final int PIECE_BYTES = 1 << 20;
    /** Rows of a head, which must be read before they are written: those of the largest models have 8 MiB. */
    private static final long BLOCK_BYTES = 32L << 20;

    private final Weights.Source source;
    private final GgmlType type;
    private final RowOrder order;
    private final float shift;
    private final LongConsumer written;

    /**
     * @param type F32, F16 or BF16
     * @param order of its rows, which must {@linkplain RowOrder#fits fit}
     * @param shift added to each number
     * @param written hears how many bytes were written since it was last told
     */
    TensorCopy(Weights.Source source, GgmlType type, RowOrder order, float shift, LongConsumer written) {
        this.source = source;
        this.type = type;
        this.order = order;
        this.shift = shift;
        this.written = written;
    }

    @Override
    public void writeTo(WritableByteChannel out) throws IOException {
        StoredTensor tensor = source.stored();
        if (tensor.size() == 0) return;
        long rows = tensor.shape().getFirst();
        long rowBytes = tensor.size() / rows;
        long block = order.block(rows) * rowBytes;
        if (order.heads() > 0 && block > BLOCK_BYTES) {
            throw Refused.because("the heads of \"" + tensor.name() + "\" have " + block + " bytes each");
        }
        try (var channel = FileChannel.open(source.file(), StandardOpenOption.READ)) {
            long end = tensor.offset() + tensor.size();
            long step = order.heads() > 0 ? block : PIECE_BYTES; // a multiple of every element's size
            var piece = ByteBuffer.allocate((int) Math.min(step, tensor.size())).order(ByteOrder.LITTLE_ENDIAN);
            for (long at = tensor.offset(); at < end; at += piece.capacity()) {
                Refused.whenInterrupted();
                fill(channel, at, piece.clear().limit((int) Math.min(piece.capacity(), end - at)));
                write(inOrder(piece, (int) rowBytes), out);
            }
        }
    }

    private static void fill(FileChannel channel, long at, ByteBuffer piece) throws IOException {
        while (piece.hasRemaining()) {
            if (channel.read(piece, at + piece.position()) < 0) {
                throw new EOFException("a weight file became shorter while it was read");
            }
        }
        piece.flip();
    }

    private ByteBuffer inOrder(ByteBuffer block, int rowBytes) {
        if (order.heads() == 0) return block;
        int rows = block.remaining() / rowBytes;
        var ordered = ByteBuffer.allocate(block.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        for (int row = 0; row < rows; row++) {
            ordered.put(row * rowBytes, block, (int) order.source(row, rows) * rowBytes, rowBytes);
        }
        return ordered;
    }

    private void write(ByteBuffer piece, WritableByteChannel out) throws IOException {
        ByteBuffer ready = verbatim() ? piece : converted(piece);
        int bytes = ready.remaining();
        while (ready.hasRemaining()) out.write(ready);
        written.accept(bytes);
    }

    private boolean verbatim() {
        return shift == 0 && source.stored().dtype().name().equals(type.name());
    }

    private ByteBuffer converted(ByteBuffer piece) {
        var dtype = source.stored().dtype();
        int count = piece.remaining() / dtype.bytes();
        var converted = ByteBuffer.allocate(count * type.blockBytes()).order(ByteOrder.LITTLE_ENDIAN);
        try {
            for (int i = 0; i < count; i++) Numbers.write(type, Numbers.read(dtype, piece) + shift, converted);
        } catch (ArithmeticException e) {
            throw Refused.because(
                    "the tensor \"" + source.stored().name() + "\" holds " + e.getMessage()
                            + ", which 16-bit floats (F16) cannot: convert the model to BF16 first",
                    e);
        }
        return converted.flip();
    }
}
