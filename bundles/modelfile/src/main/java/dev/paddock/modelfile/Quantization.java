package dev.paddock.modelfile;

import dev.paddock.api.engine.EngineService;
import dev.paddock.api.engine.QuantizeOrder;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Progress;
import dev.paddock.gguf.FileType;
import dev.paddock.gguf.GgufFile;
import java.nio.file.Path;
import java.util.Optional;

/** Has the weights of a model packed as the recipe wants. One thread. */
final class Quantization {
    private final Workshop workshop;
    private final Optional<EngineService> engine;
    private final int threads;
    private final Steps steps;

    /** @param threads 0 = one for each processor */
    Quantization(Workshop workshop, Optional<EngineService> engine, int threads, Steps steps) {
        this.workshop = workshop;
        this.engine = engine;
        this.threads = threads;
        this.steps = steps;
    }

    /** Which of a model's files are packed. */
    enum Of {
        MODEL("model") {
            @Override
            PaddockException packedAlready(String type) {
                return Faults.invalid("quantization is only supported for F16, BF16 and F32 models; this one is " + type
                        + ". With requantize it is done all the same, at a loss");
            }
        },
        DRAFT("draft model") {
            @Override
            PaddockException packedAlready(String type) {
                return Faults.invalid("draft quantization requires an unquantized draft model, got " + type
                        + "; with requantize it is done all the same, at a loss");
            }
        };

        private final String word;

        Of(String word) {
            this.word = word;
        }

        abstract PaddockException packedAlready(String type);
    }

    /**
     * A file whose weights are packed so; the same when they are already.
     *
     * @param requantize whether packed ones may be packed again
     */
    Piece packed(Piece piece, Of what, FileType wanted, boolean requantize) {
        GgufFile header = workshop.gate().header(piece);
        String source = FileTypes.of(header);
        boolean plain = FileTypes.plain(header);
        if (source.equals(wanted.name()) && plain == FileTypes.plain(wanted)) return piece;
        if (!plain && !requantize) throw what.packedAlready(source);
        EngineService packer = engine.orElseThrow(() -> new PaddockException(
                Fault.UNAVAILABLE, "the engine, which quantizes, is not there; try again when it is back"));
        String status = "quantizing " + source + " " + what.word + " to " + wanted;
        long total =
                header.tensors().stream().mapToLong(tensor -> tensor.size()).sum();
        steps.say(new Progress(status, Steps.NO_DIGEST, total, 0));
        Piece made = workshop.made(
                piece.mediaType(),
                piece.source(),
                FileTypes.estimate(header, wanted),
                target -> packer.quantize(
                        order(piece.file(), target, wanted, requantize),
                        (done, all) -> steps.say(new Progress(status, Steps.NO_DIGEST, all, done))));
        steps.say("verifying conversion");
        workshop.gate().check(made);
        return made;
    }

    private QuantizeOrder order(Path source, Path target, FileType wanted, boolean requantize) {
        return new QuantizeOrder(source, target, wanted.name(), requantize, threads);
    }
}
