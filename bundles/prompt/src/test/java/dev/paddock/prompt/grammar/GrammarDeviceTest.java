package dev.paddock.prompt.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.prompt.grammar.SchemaTable.Block;
import dev.paddock.runner.RealThings;
import dev.paddock.runner.llama.NativeGrammars;
import dev.paddock.runner.sampling.GrammarAcceptor;
import dev.paddock.runner.sampling.RandomTexts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** llama.cpp reads the grammars of the table, and follows them as the runner does. */
class GrammarDeviceTest {
    private static NativeGrammars llama;

    private final List<String> complaints = new ArrayList<>();

    @BeforeAll
    static void load() throws IOException {
        if (RealThings.there()) llama = new NativeGrammars();
    }

    @BeforeEach
    void check() {
        RealThings.assumeThere();
    }

    @AfterAll
    static void free() {
        if (llama != null) llama.close();
    }

    @Test
    void llamaCppIsOfTheSameOpinion() {
        for (Block block : SchemaTable.all()) {
            String grammar = grammar(block.value());
            for (String text : block.valid()) note(llama.accepts(grammar, text), "refuses", text, block);
            for (String text : block.invalid()) note(!llama.accepts(grammar, text), "takes", text, block);
            for (String text : block.narrow()) note(!llama.accepts(grammar, text), "takes", text, block);
            RandomTexts texts = new RandomTexts(new GrammarAcceptor(grammar), new Random(1));
            for (int i = 0; i < 3; i++) {
                String text = texts.next(50);
                note(llama.accepts(grammar, text), "refuses", text, block);
            }
        }
        assertThat(complaints).isEmpty();
    }

    @Test
    void llamaCppCountsAsFarAsTheRunner() {
        String grammar =
                grammar(Map.of("type", "array", "items", Map.of("const", 0), "minItems", 260, "maxItems", 777));
        for (int count : new int[] {259, 260, 500, 777, 778}) {
            String text = "[0" + ",0".repeat(count - 1) + "]";
            assertThat(llama.accepts(grammar, text)).as("%d items", count).isEqualTo(count >= 260 && count <= 777);
        }
        GbnfBuilder builder = new GbnfBuilder();
        String free = builder.text(builder.textWithout(List.of("</think>")));
        assertThat(llama.accepts(free, "a < b </thin")).isTrue();
        assertThat(llama.accepts(free, "a </think> b")).isFalse();
        assertThat(llama.accepts(builder.text(builder.textWithout(List.of())), "a\n é🐶"))
                .isTrue();
    }

    private static String grammar(Object schema) {
        GbnfBuilder builder = new GbnfBuilder();
        return builder.text(builder.schema(schema, false, "format"));
    }

    private void note(boolean good, String what, String text, Block block) {
        if (!good) complaints.add(what + " " + text + "\n    " + block);
    }
}
