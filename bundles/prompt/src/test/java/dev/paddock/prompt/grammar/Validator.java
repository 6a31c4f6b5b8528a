package dev.paddock.prompt.grammar;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.Dialects;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.JsonNodeException;

/** Somebody else's judgement: a validator that asserts formats too. */
final class Validator {
    private static final SchemaRegistryConfig CONFIG =
            SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build();
    private static final SchemaRegistry STANDARD = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, builder -> builder.schemaRegistryConfig(CONFIG));
    /** Of {@code nullable} JSON Schema knows nothing. */
    private static final SchemaRegistry OPEN_API =
            SchemaRegistry.withDialect(Dialects.getOpenApi30(), builder -> builder.schemaRegistryConfig(CONFIG));

    private final Schema schema;

    Validator(String schema) {
        boolean nullable = schema.contains("\"nullable\"");
        this.schema = (nullable ? OPEN_API : STANDARD).getSchema(schema, InputFormat.JSON);
    }

    /**
     * Whether a text is JSON and valid. It breaks over a whole number of more than 64 bits where a bound of an integer is
     * compared, be it only in an option; nothing is held against the text then.
     */
    boolean allows(String text) {
        try {
            return schema.validate(text, InputFormat.JSON).isEmpty();
        } catch (StreamReadException e) {
            return false;
        } catch (JsonNodeException e) {
            return e.getMessage().contains("not in 64-bit `long` range");
        }
    }
}
