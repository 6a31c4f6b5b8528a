package dev.paddock.prompt.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.prompt.grammar.SchemaTable.Block;
import dev.paddock.runner.sampling.GrammarAcceptor;
import dev.paddock.runner.sampling.RandomTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the grammars of the table's schemas take, as the runner reads them, against a validator of JSON Schema. */
class GrammarTableTest {
    private static final int TEXTS = 60;

    private final List<String> complaints = new ArrayList<>();

    @Test
    void validTextsAreTakenAndInvalidOnesAreNot() {
        int pairs = 0;
        for (Block block : SchemaTable.all()) {
            pairs += block.pairs();
            GrammarAcceptor grammar = grammar(block);
            for (String text : block.valid()) note(grammar.accepts(text), "refuses", text, block);
            for (String text : block.invalid()) note(!grammar.accepts(text), "takes", text, block);
            for (String text : block.narrow()) note(!grammar.accepts(text), "takes", text, block);
        }
        assertThat(complaints).isEmpty();
        assertThat(pairs).isGreaterThan(300);
    }

    @Test
    void aValidatorIsOfTheSameOpinion() {
        for (Block block : SchemaTable.all()) {
            Validator validator = new Validator(block.schema());
            for (String text : block.valid()) note(validator.allows(text), "validator refuses", text, block);
            for (String text : block.narrow()) note(validator.allows(text), "validator refuses", text, block);
            for (String text : block.invalid()) note(!validator.allows(text), "validator takes", text, block);
        }
        assertThat(complaints).isEmpty();
    }

    @Test
    void randomTextsOfEachGrammarAreValid() {
        for (Block block : SchemaTable.all()) {
            if (!block.isHeld()) continue;
            Validator validator = new Validator(block.schema());
            GrammarAcceptor grammar = grammar(block);
            RandomTexts texts =
                    new RandomTexts(grammar, new Random(block.title().hashCode()));
            for (int i = 0; i < TEXTS; i++) {
                String text = texts.next(20 + 4 * i);
                note(grammar.accepts(text), "refuses its own", text, block);
                note(validator.allows(text), "allows the invalid", text, block);
            }
        }
        assertThat(complaints).isEmpty();
    }

    private void note(boolean good, String what, String text, Block block) {
        if (!good) complaints.add(what + " " + text + "\n    " + block);
    }

    /** Strict, unless something cannot be held to: then that is noted. */
    private static GrammarAcceptor grammar(Block block) {
        GbnfBuilder builder = new GbnfBuilder();
        String root = builder.schema(block.value(), block.isHeld(), "format");
        for (String note : block.notes()) {
            assertThat(builder.notes()).as(block.toString()).anyMatch(n -> n.startsWith(note));
        }
        assertThat(builder.notes()).hasSameSizeAs(block.notes());
        return new GrammarAcceptor(builder.text(root));
    }
}
