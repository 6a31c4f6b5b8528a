package dev.paddock.gguf;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All parts of a split model, checked against each other, and the one file that they make. Immutable. */
public final class ShardSet {
    private static final int NO_BYTE = 0;

    private record Part(Path file, GgufFile header) {
        String name() {
            return String.valueOf(file.getFileName());
        }
    }

    private final List<Part> parts;

    private ShardSet(List<Part> parts) {
        this.parts = parts;
    }

    /**
     * Reads the headers of all parts, given in any order.
     *
     * @throws GgufException when they are not exactly the parts of one model: one is missing, twice there or of another
     *     model, or a tensor is in two of them; the message names the part
     * @throws IOException when one cannot be read
     */
    public static ShardSet read(List<Path> files, GgufLimits limits) throws IOException {
        if (files.isEmpty()) throw new GgufException("no part of a split model was given", NO_BYTE);
        Part[] ordered = new Part[files.size()];
        for (Path file : files) {
            var part = new Part(file, GgufFile.read(file, 0, limits));
            int number = place(part, files.size());
            if (ordered[number] != null) {
                throw wrong(part, "is part " + (number + 1) + ", and so is " + ordered[number].name());
            }
            ordered[number] = part;
        }
        var set = new ShardSet(List.of(ordered));
        set.checkModel();
        set.checkTensors();
        return set;
    }

    private static int place(Part part, int given) throws GgufException {
        Shard shard = Shard.of(part.header()).orElseThrow(() -> wrong(part, "is no part of a split model"));
        if (shard.count() != given) {
            throw wrong(part, "is one of " + shard.count() + " parts, but " + given + " were given; all are needed");
        }
        return shard.number();
    }

    private void checkModel() throws GgufException {
        String architecture = parts.getFirst().header().architecture();
        if (architecture.isEmpty()) throw wrong(parts.getFirst(), "is the first part and names no architecture");
        for (Part part : parts) {
            String other = part.header().architecture();
            if (!other.isEmpty() && !other.equals(architecture)) {
                throw wrong(part, "is of the architecture " + other + ", the first part of " + architecture);
            }
        }
    }

    private void checkTensors() throws GgufException {
        Map<String, Part> seen = new HashMap<>();
        for (Part part : parts) {
            for (TensorInfo tensor : part.header().tensors()) {
                Part other = seen.putIfAbsent(tensor.name(), part);
                if (other != null)
                    throw wrong(part, "holds tensor \"" + tensor.name() + "\", and so does " + other.name());
            }
        }
        for (Part part : parts) {
            long told = part.header().integer(Shard.TENSORS_KEY).orElse(seen.size());
            if (told != seen.size()) {
                throw wrong(part, "tells of " + told + " tensors in all parts, they hold " + seen.size());
            }
        }
    }

    private static GgufException wrong(Part part, String what) {
        return new GgufException("the file " + part.name() + " " + what, NO_BYTE);
    }

    /** The files in order. */
    public List<Path> files() {
        return parts.stream().map(Part::file).toList();
    }

    /** The header of the first part, whose metadata is the model's; arrays are left out. */
    public GgufFile first() {
        return parts.getFirst().header();
    }

    /** Elements of all tensors of all parts. */
    public long parameterCount() {
        return parts.stream().mapToLong(part -> part.header().parameterCount()).reduce(0, Math::addExact);
    }

    /** Bytes that the merged file will take, but for the header: about, to plan with. */
    public long dataBytes() {
        return parts.stream()
                .flatMap(part -> part.header().tensors().stream())
                .mapToLong(TensorInfo::size)
                .reduce(0, Math::addExact);
    }

    /**
     * Writes one file with the metadata of the first part and the tensors of all, passing through a small buffer.
     *
     * @param target stays open
     * @throws IOException when a part cannot be read, or the target not written; what was written stays
     */
    public void merge(WritableByteChannel target) throws IOException {
        List<FileChannel> open = new ArrayList<>();
        try {
            var out = new GgufWriter();
            var data = new TensorCopy();
            for (Part part : parts) {
                var channel = FileChannel.open(part.file(), StandardOpenOption.READ);
                open.add(channel);
                if (open.size() == 1) metadata(part.header(), new GgufInput(channel), out);
                for (TensorInfo tensor : part.header().tensors()) {
                    long offset = part.header().dataOffset() + tensor.offset();
                    out.tensor(tensor.name(), tensor.type(), tensor.dims(), data.of(channel, offset, tensor.size()));
                }
            }
            out.write(target);
        } finally {
            for (FileChannel channel : open) channel.close();
        }
    }

    private static void metadata(GgufFile header, GgufInput input, GgufWriter out) throws IOException {
        for (var entry : header.entries().entrySet()) {
            String key = entry.getKey();
            if (key.startsWith("split.")) continue;
            GgufEntry place = entry.getValue();
            if (key.equals(GgufReader.ALIGNMENT_KEY)) out.alignment(header.alignment());
            else out.encoded(key, place.type(), EntryCopy.of(input, header.version(), place));
        }
    }
}
