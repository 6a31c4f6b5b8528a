package dev.paddock.modelfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.model.Digest;
import dev.paddock.gguf.GgufCopy;
import dev.paddock.gguf.GgufEdit;
import dev.paddock.gguf.GgufFile;
import dev.paddock.gguf.GgufLimits;
import dev.paddock.gguf.MetadataValue;
import dev.paddock.gguf.TensorInfo;
import dev.paddock.modelfile.convert.Sample;
import java.io.ByteArrayOutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of several files: parts of a GGUF file, and what the makers of models publish. */
class SplitAndConvertedTest {
    @TempDir
    Path dir;

    private Making making;

    @BeforeEach
    void open() {
        making = new Making(dir);
    }

    @AfterEach
    void close() {
        making.close();
    }

    /** A model with every second tensor in another file. */
    private Map<String, Digest> parts(int count) throws Exception {
        Path whole = Files.write(dir.resolve("whole.gguf"), Making.plainModel("split"));
        List<String> tensors =
                GgufFile.read(whole, 0).tensors().stream().map(TensorInfo::name).toList();
        Map<String, Digest> files = new LinkedHashMap<>();
        for (int part = 0; part < count; part++) {
            var edit = new GgufEdit.Builder()
                    .put("split.no", MetadataValue.uint32(part))
                    .put("split.count", MetadataValue.uint32(count))
                    .put("split.tensors.count", MetadataValue.uint32(tensors.size()));
            for (int i = 0; i < tensors.size(); i++) if (i % count != part) edit.dropTensor(tensors.get(i));
            var out = new ByteArrayOutputStream();
            GgufCopy.write(whole, edit.build(), Channels.newChannel(out), GgufLimits.DEFAULTS);
            String name = "m-%05d-of-%05d.gguf".formatted(part + 1, count);
            files.put(name, making.upload(out.toByteArray()));
        }
        return files;
    }

    @Test
    void partsBecomeOneFile() throws Exception {
        var model = making.build("m", Making.files(parts(3)));
        assertThat(making.steps()).contains("parsing GGUF", "validating GGUF model");
        GgufFile merged = GgufFile.read(model.weights());
        GgufFile whole = GgufFile.read(dir.resolve("whole.gguf"));
        assertThat(merged.metadata()).isEqualTo(whole.metadata());
        assertThat(merged.tensors()).hasSameSizeAs(whole.tensors());
        assertThat(making.blobs()).allMatch(name -> name.matches("sha256-[0-9a-f]{64}"));
        var packed = making.build("n", Making.packed(Making.files(parts(2)), "Q4_0", "", false));
        assertThat(packed.details().quantization()).isEqualTo("Q4_0");
    }

    @Test
    void aPartThatIsMissingIsToldByTheNameItWasGivenWith() throws Exception {
        var files = parts(3);
        files.remove("m-00002-of-00003.gguf");
        making.refused(
                Making.files(files),
                Fault.INVALID_REQUEST,
                "m-00001-of-00003.gguf is one of 3 parts, but 2 were given; all are needed");
    }

    /** A model under another architecture's name. */
    private byte[] called(String architecture) throws Exception {
        Path file = Files.write(dir.resolve("m.gguf"), Making.plainModel("old"));
        var edit = new GgufEdit.Builder()
                .put("general.architecture", MetadataValue.text(architecture))
                .put(architecture + ".rope.mrope_section", MetadataValue.int32s(List.of(16, 24, 24)));
        for (String key : GgufFile.read(file, 0).metadata().keySet()) {
            if (key.startsWith("llama.")) edit.renameKey(key, key.replace("llama.", architecture + "."));
        }
        var out = new ByteArrayOutputStream();
        GgufCopy.write(file, edit.build(), Channels.newChannel(out), GgufLimits.DEFAULTS);
        return out.toByteArray();
    }

    @Test
    void anOlderLayoutThatNeedsOnlyOtherNamesIsRewrittenAndOthersAreNamed() throws Exception {
        var old = making.upload("m.gguf", called("qwen25vl"));
        var model = making.build("m", Making.files(old));
        assertThat(making.steps()).contains("rewriting the metadata of Ollama's older layout for qwen25vl");
        assertThat(model.details().family()).isEqualTo("qwen2vl");
        assertThat(GgufFile.read(model.weights(), 0).metadata()).containsKey("qwen2vl.block_count");
        making.refused(
                Making.files(making.upload("v.gguf", called("mllama"))),
                Fault.INVALID_REQUEST,
                "v.gguf cannot be used: it is in an older layout of Ollama's for mllama");
    }

    private Map<String, Digest> uploaded(Map<String, Path> files) throws Exception {
        Map<String, Digest> digests = new LinkedHashMap<>();
        for (var file : files.entrySet()) {
            digests.put(file.getKey(), making.upload(Files.readAllBytes(file.getValue())));
        }
        return digests;
    }

    @Test
    void theFilesOfItsMakersBecomeAModel() throws Exception {
        var files = uploaded(Sample.of("llama3").files(Files.createDirectory(dir.resolve("makers"))));
        var model = making.build("m", Making.files(files));
        assertThat(making.steps()).startsWith("converting model").contains("validating GGUF model", "success");
        assertThat(model.details().family()).isEqualTo("llama");
        assertThat(model.details().format()).isEqualTo("gguf");
        var packed = making.build("n", Making.packed(Making.files(files), "q8_0", "", false));
        assertThat(packed.details().quantization()).isEqualTo("Q8_0");
        assertThat(making.steps()).contains("verifying conversion");
    }

    @Test
    void whatCannotBeConvertedIsRefusedAndLeavesNothing() throws Exception {
        var files = uploaded(Sample.of("llama3").files(Files.createDirectory(dir.resolve("makers"))));
        files.put("config.json", making.upload("{\"architectures\":[\"UnheardOf\"]}".getBytes()));
        making.refused(Making.files(files), Fault.INVALID_REQUEST, "UnheardOf");
        files.remove("config.json");
        making.refused(Making.files(files), Fault.INVALID_REQUEST, "config.json is missing");
        making.refused(
                Making.files(Map.of(
                        "adapter_config.json",
                        making.upload("{}".getBytes()),
                        "adapter_model.safetensors",
                        making.upload(new byte[8]))),
                Fault.INVALID_REQUEST,
                "the files are an adapter's");
    }
}
