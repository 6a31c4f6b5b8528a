package dev.paddock.prompt.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class SchemaErrorsTest {
    private static final String ALWAYS = "always ";

    @Test
    void eachFaultIsToldWithKeywordAndPath() {
        List<String> lines = SchemaTable.lines("errors").stream()
                .filter(l -> !l.isBlank() && !l.startsWith("#"))
                .toList();
        for (int i = 0; i < lines.size(); i += 2) {
            Object schema = JsonMapper.shared().readValue(lines.get(i), Object.class);
            String message = lines.get(i + 1).substring(2);
            boolean always = message.startsWith(ALWAYS);
            if (always) message = message.substring(ALWAYS.length());
            fails(schema, true, message);
            if (always) fails(schema, false, message);
            else assertThat(notes(schema)).as(lines.get(i)).hasSize(1);
        }
        assertThat(lines.size()).isGreaterThan(100);
    }

    @Test
    void whatWasLeftOutIsNotedOnceWithItsPath() {
        Object schema = JsonMapper.shared().readValue("""
                {"type":"object","properties":{
                    "a":{"type":"string","format":"uri","pattern":"(?=x)"},
                    "b":{"$ref":"#/$defs/n"},"c":{"$ref":"#/$defs/n"}},
                 "$defs":{"n":{"type":"integer","not":{"const":1}}}}""", Object.class);
        assertThat(notes(schema))
                .containsExactlyInAnyOrder(
                        "format: \"format\" at /properties/a is not held to (\"uri\")",
                        "format: \"pattern\" at /properties/a is not held to (look-around and flags are not supported,"
                                + " at character 3)",
                        "format: \"not\" at /$defs/n is not held to");
    }

    @Test
    void manyNotesAreSummedUp() {
        StringBuilder schema = new StringBuilder("{\"type\":\"integer\"");
        for (int i = 0; i < 500; i++) schema.append(",\"unknown").append(i).append("\":1");
        Object value = JsonMapper.shared().readValue(schema.append("}").toString(), Object.class);
        assertThat(notes(value)).hasSize(101).last().isEqualTo("format: and more like these");
    }

    private static List<String> notes(Object schema) {
        GbnfBuilder builder = new GbnfBuilder();
        builder.schema(schema, false, "format");
        return builder.notes();
    }

    private static void fails(Object schema, boolean strict, String message) {
        assertThatThrownBy(() -> new GbnfBuilder().schema(schema, strict, "format"))
                .as("%s", schema)
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INVALID_REQUEST))
                .hasMessage(message);
    }
}
