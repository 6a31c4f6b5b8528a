package dev.paddock.gguf;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Copies a GGUF file with another header. The result is version 3, with its tensors one behind the other as llama.cpp
 * wants them; tensor data passes through a buffer of a megabyte, and what is not changed of the metadata is taken over
 * byte by byte.
 */
public final class GgufCopy {
    private final GgufFile header;
    private final GgufEdit edit;
    private final GgufWriter out = new GgufWriter();

    private GgufCopy(GgufFile header, GgufEdit edit) {
        this.header = header;
        this.edit = edit;
    }

    /**
     * Writes a changed copy.
     *
     * @param source a sound file; it must not change meanwhile
     * @param target stays open
     * @throws GgufException when the source is not sound
     * @throws IllegalArgumentException when the changes give two entries or two tensors the same name
     * @throws IOException when either cannot be read or written; what was written of the target stays
     */
    public static void write(Path source, GgufEdit edit, WritableByteChannel target, GgufLimits limits)
            throws IOException {
        GgufFile header = GgufFile.read(source, 0, limits);
        try (var channel = FileChannel.open(source, StandardOpenOption.READ)) {
            var copy = new GgufCopy(header, edit);
            copy.metadata(new GgufInput(channel));
            copy.tensors(channel);
            copy.out.write(target);
        }
    }

    /**
     * Writes a changed copy to a file, replacing one that is there; the default limits hold.
     *
     * @param target another file than the source
     */
    public static void write(Path source, GgufEdit edit, Path target) throws IOException {
        try (var channel = FileChannel.open(
                target, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            write(source, edit, channel, GgufLimits.DEFAULTS);
        }
    }

    private void metadata(GgufInput input) throws IOException {
        Set<String> left = new LinkedHashSet<>(edit.put().keySet());
        for (var entry : header.entries().entrySet()) {
            if (edit.removedKeys().contains(entry.getKey())) continue;
            String key = edit.renamedKeys().getOrDefault(entry.getKey(), entry.getKey());
            if (entry.getKey().equals(GgufReader.ALIGNMENT_KEY)) {
                out.alignment(header.alignment());
            } else if (left.remove(key)) {
                out.put(key, edit.put().get(key));
            } else {
                GgufEntry place = entry.getValue();
                out.encoded(key, place.type(), EntryCopy.of(input, header.version(), place));
            }
        }
        for (String key : left) out.put(key, edit.put().get(key));
    }

    private void tensors(FileChannel source) {
        var data = new TensorCopy();
        for (TensorInfo tensor : header.tensors()) {
            if (edit.droppedTensors().contains(tensor.name())) continue;
            out.tensor(
                    edit.renamedTensors().getOrDefault(tensor.name(), tensor.name()),
                    tensor.type(),
                    tensor.dims(),
                    data.of(source, header.dataOffset() + tensor.offset(), tensor.size()));
        }
    }
}
