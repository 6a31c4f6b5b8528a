package dev.paddock.gguf.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.gguf.GgmlType;
import dev.paddock.gguf.GgufFile;
import dev.paddock.gguf.GgufWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelKindTest {
    @TempDir
    Path dir;

    private ModelKind kind(GgufWriter out) throws IOException {
        Path file = dir.resolve("m.gguf");
        out.write(file);
        return ModelKind.of(GgufFile.read(file));
    }

    private static GgufWriter with(GgufWriter out, String... tensors) {
        for (String tensor : tensors) {
            out.tensor(tensor, GgmlType.I8, List.of(1L), channel -> channel.write(ByteBuffer.allocate(1)));
        }
        return out;
    }

    @Test
    void theTypeInTheFileDecides() throws IOException {
        assertThat(kind(new GgufWriter().text("general.type", "adapter"))).isEqualTo(ModelKind.ADAPTER);
        assertThat(kind(new GgufWriter().text("general.type", "mmproj"))).isEqualTo(ModelKind.PROJECTOR);
        assertThat(kind(new GgufWriter().text("general.type", "projector"))).isEqualTo(ModelKind.PROJECTOR);
        assertThat(kind(new GgufWriter().text("general.type", "model"))).isEqualTo(ModelKind.MODEL);
    }

    @Test
    void anEncoderOfImagesIsAProjector() throws IOException {
        var clip = new GgufWriter().text("general.architecture", "clip").bool("clip.has_vision_encoder", true);
        assertThat(kind(clip)).isEqualTo(ModelKind.PROJECTOR);
        var seeing = new GgufWriter().text("general.architecture", "llava");
        assertThat(kind(with(seeing, "v.blk.0.attn_q.weight", "mm.0.weight"))).isEqualTo(ModelKind.PROJECTOR);
    }

    @Test
    void aModelThatAlsoSeesIsAModel() throws IOException {
        var both = new GgufWriter().text("general.architecture", "gemma3");
        assertThat(kind(with(both, "token_embd.weight", "v.blk.0.attn_q.weight")))
                .isEqualTo(ModelKind.MODEL);
    }
}
