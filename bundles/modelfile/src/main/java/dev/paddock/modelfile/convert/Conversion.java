package dev.paddock.modelfile.convert;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.gguf.FileType;
import dev.paddock.gguf.GgmlType;
import dev.paddock.gguf.GgufWriter;
import dev.paddock.modelfile.convert.arch.Architecture;
import dev.paddock.modelfile.convert.arch.Architectures;
import dev.paddock.modelfile.convert.arch.Keys;
import dev.paddock.modelfile.convert.arch.Target;
import dev.paddock.modelfile.convert.vocab.Vocabulary;
import dev.paddock.modelfile.convert.vocab.VocabularyFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * From a model in safetensors to one GGUF file: F16, or BF16 where the source is; norms and vectors in F32. One thread;
 * it needs little more memory than the vocabulary takes.
 */
public final class Conversion {
    /** What llama.cpp calls its way to pack weights; it is the second since the beginning. */
    private static final int QUANTIZATION_VERSION = 2;

    private final ModelFiles files;
    private final ConversionProgress told;
    private final GgufWriter writer = new GgufWriter();
    private final TreeSet<String> written = new TreeSet<>();
    private final long[] elements = new long[2];
    private long total;
    private long done;
    private long tokens;

    private Conversion(ModelFiles files, ConversionProgress told) {
        this.files = files;
        this.told = told;
    }

    /**
     * What was made.
     *
     * @param architecture llama.cpp's name of it
     * @param fileType F16 or BF16, by most of the weights
     * @param tensors how many
     */
    public record Result(String architecture, FileType fileType, int tensors) {}

    /**
     * Converts a model. A file that could not be finished is removed.
     *
     * @param files the model's files by their names relative to its folder, with {@code /} between folders; those that
     *     are not needed are not touched
     * @param out the GGUF file to write, replaced when it is there
     * @param told hears how far it is, and what will differ from the original
     * @throws dev.paddock.api.fault.PaddockException INVALID_REQUEST with what is missing, damaged or not supported;
     *     CANCELLED when the thread was interrupted
     * @throws IOException when a file cannot be read or written
     */
    public static Result convert(Map<String, Path> files, Path out, ConversionProgress told) throws IOException {
        boolean done = false;
        try {
            Result result = new Conversion(new ModelFiles(files), told).convert(out);
            done = true;
            return result;
        } catch (ClosedByInterruptException e) {
            throw new PaddockException(Fault.CANCELLED, "the conversion was cancelled", e);
        } finally {
            if (!done) Files.deleteIfExists(out);
        }
    }

    private Result convert(Path out) throws IOException {
        Config config = files.config("config.json")
                .orElseThrow(() -> Refused.because("config.json is missing, which says what the model is"));
        Architecture architecture = Architectures.of(config, files);
        Weights weights = Weights.of(files);
        List<Runnable> tensors = plan(architecture, weights);
        FileType type = elements[1] > elements[0] ? FileType.BF16 : FileType.F16;
        writer.text("general.architecture", architecture.name())
                .text("general.type", "model")
                .uint32("general.file_type", type.id())
                .uint32("general.quantization_version", QUANTIZATION_VERSION);
        architecture.describe(new Keys(architecture.name(), writer));
        architecture.notes().forEach(told::note);
        Vocabulary vocabulary = VocabularyFiles.read(files, config.over("text_config"), (int) tokens, told::note);
        writer.uint32(architecture.name() + ".vocab_size", tokens);
        vocabulary.write(writer);
        tensors.forEach(Runnable::run);
        writer.write(out);
        return new Result(architecture.name(), type, written.size());
    }

    private List<Runnable> plan(Architecture architecture, Weights weights) {
        List<Runnable> tensors = new ArrayList<>();
        for (var source : weights.tensors().values()) {
            Refused.whenInterrupted();
            String name = source.stored().name();
            Target target = architecture
                    .target(name)
                    .orElseThrow(() -> Refused.because("the tensor \"" + name
                            + "\" is none that an architecture of kind " + architecture.name() + " has"));
            if (!target.leftOut()) tensors.add(planned(architecture, source, target));
        }
        architecture.computed().forEach((name, numbers) -> {
            written.add(name);
            tensors.add(() -> computed(name, numbers));
        });
        List<String> missing = architecture.required().stream()
                .filter(n -> !written.contains(n))
                .toList();
        if (!missing.isEmpty()) {
            throw Refused.because(missing.size() + " of the model's tensors are missing, the first is what llama.cpp"
                    + " calls " + missing.getFirst());
        }
        return tensors;
    }

    private Runnable planned(Architecture architecture, Weights.Source source, Target target) {
        var stored = source.stored();
        List<Long> shape = stored.shape();
        if (!Numbers.readable(stored.dtype())) {
            throw Refused.because("the tensor \"" + stored.name() + "\" is of type " + stored.dtype()
                    + "; weights can be BF16, F16, F32 or F64");
        }
        if (shape.isEmpty() || shape.size() > 2 || shape.contains(0L)) {
            throw Refused.because("the tensor \"" + stored.name() + "\" has the shape " + shape);
        }
        architecture.requireShape(target.name(), stored.name(), shape);
        if (!target.order().fits(shape.getFirst())) {
            throw Refused.because("the tensor \"" + stored.name() + "\" has " + shape.getFirst() + " rows, which "
                    + target.order().heads() + " heads cannot share");
        }
        if (!written.add(target.name())) {
            throw Refused.because("the tensor \"" + stored.name() + "\" is there twice, under two names");
        }
        GgmlType type = type(architecture, source, target.name());
        if (type != GgmlType.F32) elements[type == GgmlType.BF16 ? 1 : 0] += stored.elements();
        total = Math.addExact(total, type.bytes(stored.elements()));
        if (target.name().equals("token_embd.weight")) tokens = Math.min(shape.getFirst(), Vocabulary.MOST_TOKENS + 1);
        var copy = new TensorCopy(source, type, target.order(), target.shift(), this::wrote);
        return () -> writer.tensor(target.name(), type, shape.reversed(), copy);
    }

    private static GgmlType type(Architecture architecture, Weights.Source source, String name) {
        boolean vector = source.stored().shape().size() == 1;
        if (vector || name.endsWith("_norm.weight") || architecture.keepsFull(name)) return GgmlType.F32;
        return switch (source.stored().dtype()) {
            case BF16 -> GgmlType.BF16;
            default -> GgmlType.F16;
        };
    }

    private void computed(String name, float[] numbers) {
        writer.tensor(name, GgmlType.F32, List.of((long) numbers.length), out -> {
            var bytes = ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (float number : numbers) bytes.putFloat(number);
            bytes.flip();
            while (bytes.hasRemaining()) out.write(bytes);
        });
    }

    private void wrote(long bytes) {
        done += bytes;
        told.at(done, total);
    }
}
