package dev.paddock.prompt.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.prompt.json.JsonText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PythonReaderTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "None                     | null",
                "[True, false, null]      | [true,false,null]",
                "-12                      | -12",
                "+1_000                   | 1000",
                "18446744073709551616     | 18446744073709551616",
                "1.5e3                    | 1500.0",
                ".5                       | 0.5",
                "2.                       | 2.0",
                "'a\"b'                   | \"a\\\"b\"",
                "\"it's\"                 | \"it's\"",
                "'\\x41\\u00e9\\N{x}\\0'  | \"Aé\\\\N{x}\\u0000\"",
                "'\\u12'                  | \"\\\\u12\"",
                "'\\ud83d\\ude00'         | \"😀\"",
                "'\\U0001F600'            | \"😀\"",
                "'\\7x\\101'              | \"\\u0007xA\"",
                "r'\\d'                   | \"\\\\d\"",
                "b\"x\"                   | \"x\"",
                "'''a'b'''                | \"a'b\"",
                "''                       | \"\"",
                "[1, 'a', [], {},]        | [1,\"a\",[],{}]",
                "(1, 2)                   | [1,2]",
                "(1,)                     | [1]",
                "(1)                      | 1",
                "()                       | []",
                "{'a': 1, 2: {'b': ()}}   | {\"a\":1,\"2\":{\"b\":[]}}",
                "[ 'a' , 'b' ]            | [\"a\",\"b\"]",
            })
    void valuesAreReadAsPythonReadsThem(String text, String json) {
        var read = PythonReader.value(text);
        assertThat(read).isPresent();
        assertThat(JsonText.of(read.get().value())).isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "1 2",
                "'a",
                "[1",
                "[1 2]",
                "{1}",
                "{'a' 1}",
                "{[1]: 2}",
                "f(1)",
                "1+1",
                "[1]]",
                "'a' 'b'",
                "0x1f",
                "1e999",
                "--1",
                "[,]",
                "..",
                "nan"
            })
    void whatIsNoValueIsNotRead(String text) {
        assertThat(PythonReader.value(text)).isEmpty();
    }

    @Test
    void depthIsBounded() {
        assertThat(PythonReader.value("[".repeat(50) + "]".repeat(50))).isPresent();
        assertThat(PythonReader.value("[".repeat(100_000) + "]".repeat(100_000)))
                .isEmpty();
    }
}
