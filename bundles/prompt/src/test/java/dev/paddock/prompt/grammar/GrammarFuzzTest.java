package dev.paddock.prompt.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.runner.sampling.GrammarAcceptor;
import dev.paddock.runner.sampling.RandomTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * Random schemas: whatever their grammars write is valid. {@code paddock.test.schemas} says how many (1500), {@code
 * paddock.test.schemas.seed} which is the first (1).
 */
class GrammarFuzzTest {
    private static final int SCHEMAS = Integer.getInteger("paddock.test.schemas", 1500);
    private static final long FIRST = Long.getLong("paddock.test.schemas.seed", 1);
    private static final int TEXTS = 12;
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final List<String> complaints = new ArrayList<>();
    private int compiled;

    @Test
    void whatAGrammarWritesIsValid() {
        for (long seed = FIRST; seed < FIRST + SCHEMAS; seed++) check(seed);
        System.out.println(compiled + " of " + SCHEMAS + " random schemas have a grammar");
        assertThat(complaints).isEmpty();
        assertThat(compiled).isGreaterThan(SCHEMAS / 2);
    }

    private void check(long seed) {
        Map<String, Object> schema = new RandomSchemas(seed).next();
        String json = MAPPER.writeValueAsString(schema);
        GbnfBuilder builder = new GbnfBuilder();
        String root;
        try {
            root = builder.schema(MAPPER.readValue(json, Object.class), true, "format");
        } catch (PaddockException e) {
            boolean known = e.fault() == Fault.INVALID_REQUEST && e.getMessage().startsWith("format: ");
            if (!known) complaints.add(seed + " fails with " + e.fault() + ": " + e.getMessage() + " " + json);
            return;
        }
        compiled++;
        GrammarAcceptor grammar = new GrammarAcceptor(builder.text(root));
        RandomTexts texts = new RandomTexts(grammar, new Random(seed));
        Validator validator = new Validator(json);
        for (int i = 0; i < TEXTS; i++) {
            String text = texts.next(10 + 6 * i);
            if (!validator.allows(text)) complaints.add(seed + " allows " + text + " by " + json);
            if (!grammar.accepts(text)) complaints.add(seed + " refuses its own " + text + " by " + json);
        }
    }
}
