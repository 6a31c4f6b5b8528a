package dev.paddock.modelfile;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.gguf.FileType;
import dev.paddock.gguf.GgmlType;
import dev.paddock.gguf.GgufFile;
import dev.paddock.gguf.TensorInfo;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What files are packed as and can be packed as. */
final class FileTypes {
    private static final Map<String, FileType> ALIASES = Map.of(
            "Q3_K", FileType.Q3_K_M, "Q4_K", FileType.Q4_K_M, "Q5_K", FileType.Q5_K_M, "MXFP4", FileType.MXFP4_MOE);

    /** llama.cpp reads it, and its quantizer makes none. */
    private static final Set<FileType> NOT_MADE = EnumSet.of(FileType.NVFP4);

    /** Packed like the first part of their name says, but for these. */
    private static final Map<FileType, GgmlType> ODD = new EnumMap<>(Map.of(
            FileType.IQ3_XS, GgmlType.IQ3_S,
            FileType.IQ3_M, GgmlType.IQ3_S,
            FileType.IQ2_M, GgmlType.IQ2_S,
            FileType.MXFP4_MOE, GgmlType.Q8_0));

    /** Important tensors get better types. */
    private static final double MIXTURE = 1.3;

    private FileTypes() {}

    /**
     * The type that somebody asks for; empty when the text is.
     *
     * @throws PaddockException naming all that there are
     */
    static Optional<FileType> asked(String text) {
        String name = text.strip().toUpperCase(Locale.ROOT);
        if (name.isEmpty()) return Optional.empty();
        if (ALIASES.containsKey(name)) return Optional.of(ALIASES.get(name));
        Optional<FileType> known =
                made().stream().filter(type -> type.name().equals(name)).findFirst();
        if (known.isPresent()) return known;
        throw Faults.invalid("unsupported quantization type " + shown(text) + " - supported types are "
                + made().stream().map(Enum::name).collect(Collectors.joining(", ")));
    }

    private static Set<FileType> made() {
        return EnumSet.complementOf(EnumSet.copyOf(NOT_MADE));
    }

    private static String shown(String text) {
        String plain = text.strip().replaceAll("\\p{Cntrl}", "?");
        return plain.length() > 40 ? plain.substring(0, 40) + "…" : plain;
    }

    /** What a file is packed as: what it says, or what most of it is. */
    static String of(GgufFile file) {
        return file.fileType().map(Enum::name).orElseGet(() -> commonest(file));
    }

    private static String commonest(GgufFile file) {
        Map<GgmlType, Long> bytes = new EnumMap<>(GgmlType.class);
        for (TensorInfo tensor : file.tensors()) bytes.merge(tensor.type(), tensor.size(), Long::sum);
        return bytes.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(entry -> entry.getKey().name())
                .orElse("unknown");
    }

    /** Whether no weight of a file is packed. */
    static boolean plain(GgufFile file) {
        return file.tensors().stream().allMatch(tensor -> tensor.type().blockSize() == 1);
    }

    /** Whether that type packs no weights. */
    static boolean plain(FileType type) {
        return type == FileType.F32 || type == FileType.F16 || type == FileType.BF16;
    }

    /** About how many bytes a file will have when it is packed so; rather more than less. */
    static long estimate(GgufFile file, FileType type) {
        GgmlType packed = packed(type);
        double bytes = file.dataOffset();
        for (TensorInfo tensor : file.tensors()) {
            boolean vector = tensor.dims().size() < 2;
            double each = vector ? Float.BYTES : (double) packed.blockBytes() / packed.blockSize();
            bytes += tensor.elements() * each * (vector || plain(type) ? 1 : MIXTURE);
        }
        return (long) bytes;
    }

    private static GgmlType packed(FileType type) {
        if (ODD.containsKey(type)) return ODD.get(type);
        return Arrays.stream(GgmlType.values())
                .filter(one -> type.name().equals(one.name()) || type.name().startsWith(one.name() + "_"))
                .findFirst()
                .orElse(GgmlType.Q8_0);
    }
}
