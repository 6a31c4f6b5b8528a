package dev.paddock.modelfile;

import dev.paddock.api.model.Progress;
import dev.paddock.api.store.MediaType;
import dev.paddock.gguf.GgufFile;
import dev.paddock.modelfile.convert.AdapterConversion;
import dev.paddock.modelfile.convert.Conversion;
import dev.paddock.modelfile.convert.ConversionProgress;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Has models and adapters in safetensors form converted to GGUF. One thread. */
final class Conversions {
    /** What a vocabulary and a header take at most, beyond the weights. */
    private static final long BESIDE_WEIGHTS = 64L << 20;

    private final Workshop workshop;
    private final Steps steps;

    Conversions(Workshop workshop, Steps steps) {
        this.workshop = workshop;
        this.steps = steps;
    }

    /** Tells every hundredth part. */
    private final class Told implements ConversionProgress {
        private final String status;
        private long percent;

        Told(String status) {
            this.status = status;
            steps.say(status);
        }

        @Override
        public void at(long done, long total) {
            long now = total <= 0 ? 0 : done * 100 / total;
            if (now == percent) return;
            percent = now;
            steps.tell(new Progress(status, "", total, done));
        }

        @Override
        public void note(String words) {
            steps.tell(Progress.step("note: " + words));
        }
    }

    /** Whether the files are those of an adapter. */
    static boolean isAdapter(Map<String, Piece> files) {
        return AdapterConversion.isAdapter(paths(files));
    }

    /** A model of its makers' files. */
    Piece model(Map<String, Piece> files) {
        var told = new Told("converting model");
        return workshop.made(
                MediaType.MODEL, weights(files), room(files), target -> Conversion.convert(paths(files), target, told));
    }

    /** @param base header of the model that the adapter is for */
    Piece adapter(Map<String, Piece> files, GgufFile base) {
        var told = new Told("converting adapter");
        return workshop.made(
                MediaType.ADAPTER,
                weights(files),
                room(files),
                target -> AdapterConversion.convert(paths(files), base, target, told));
    }

    private static Map<String, Path> paths(Map<String, Piece> files) {
        Map<String, Path> paths = new TreeMap<>();
        files.forEach((name, piece) -> paths.put(name, piece.file()));
        return paths;
    }

    private static String weights(Map<String, Piece> files) {
        return files.keySet().stream()
                .filter(name -> name.endsWith(".safetensors"))
                .sorted()
                .findFirst()
                .orElse("");
    }

    private static long room(Map<String, Piece> files) {
        return BESIDE_WEIGHTS + files.values().stream().mapToLong(Piece::size).sum();
    }
}
