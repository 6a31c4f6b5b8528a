package dev.paddock.gguf;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.paddock.gguf.model.LegacyLayout;
import dev.paddock.gguf.model.ModelKind;
import dev.paddock.gguf.model.ModelSanity;
import java.io.IOException;

/**
 * Jazzer's turn: without more it reads the small files that lie in the resources beside this class; with
 * {@code JAZZER_FUZZ=1} in the environment it makes others, guided by what they reach.
 */
class GgufFuzzTest {
    @FuzzTest(maxDuration = "20s", maxExecutions = 100_000)
    void anyBytesAreAFileOrRefused(byte[] content) throws IOException {
        try {
            GgufFile file = new GgufReader(new GgufInput(content), Long.MAX_VALUE, GgufLimits.DEFAULTS).read();
            ModelSanity.fault(file);
            LegacyLayout.of(file);
            ModelKind.of(file);
        } catch (GgufException e) {
            // refused, which is fine
            return;
        }
    }
}
