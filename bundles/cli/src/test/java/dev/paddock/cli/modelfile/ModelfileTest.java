package dev.paddock.cli.modelfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.cli.modelfile.Modelfile.Instruction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ModelfileTest {
    private static List<Instruction> parse(String text) {
        return Modelfile.parse(text.getBytes(StandardCharsets.UTF_8)).instructions();
    }

    private static Arguments reads(String text, String command, String name, String value) {
        return Arguments.of(text, new Instruction(command, name, value));
    }

    static Stream<Arguments> instructions() {
        return Stream.of(
                reads("SYSTEM You are  a test.  ", "system", "", "You are  a test."),
                reads("  system\tlower case", "system", "", "lower case"),
                reads("SYSTEM # no comment", "system", "", "# no comment"),
                reads("# a comment\n\nSYSTEM x", "system", "", "x"),
                reads("SYSTEM \"quoted\"", "system", "", "quoted"),
                reads("SYSTEM \"two\nlines\"  ", "system", "", "two\nlines"),
                reads("SYSTEM \"open\" still\nclosed\"", "system", "", "open\" still\nclosed"),
                reads("SYSTEM \"\"\"three \"inner\"\nlines\n\"\"\"", "system", "", "three \"inner\"\nlines\n"),
                reads("SYSTEM \"\"\"\"\"\"", "system", "", ""),
                reads("SYSTEM \"\"", "system", "", ""),
                reads("SYSTEM no \\n escapes", "system", "", "no \\n escapes"),
                reads("SYSTEM 'single'", "system", "", "'single'"),
                reads("SYSTEM a\r\n", "system", "", "a"),
                reads("SYSTEM a\u0007b", "system", "", "ab"),
                reads("SYSTEM \uD83D\uDC69\u200D\uD83D\uDD27", "system", "", "\uD83D\uDC69\u200D\uD83D\uDD27"),
                reads("PARAMETER num_ctx 4096", "parameter", "num_ctx", "4096"),
                reads("PARAMETER stop \"<|im_end|>\"", "parameter", "stop", "<|im_end|>"),
                reads("PARAMETER   top_k   7", "parameter", "top_k", "7"),
                reads("MESSAGE user hello there", "message", "user", "hello there"),
                reads("MESSAGE assistant \"\"\"a\nb\"\"\"", "message", "assistant", "a\nb"),
                reads("TEMPLATE {{ .Prompt }}", "template", "", "{{ .Prompt }}"),
                reads("ADAPTER ./lora.gguf", "adapter", "", "./lora.gguf"),
                reads("LICENSE MIT", "license", "", "MIT"),
                reads("REQUIRES v0.14.0", "requires", "", "v0.14.0"));
    }

    @ParameterizedTest
    @MethodSource("instructions")
    void anInstructionIsReadAsOllamaReadsIt(String text, Instruction expected) {
        assertThat(parse("FROM x\n" + text)).containsExactly(new Instruction("from", "", "x"), expected);
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of("", "no FROM line"),
                Arguments.of("SYSTEM x", "no FROM line"),
                Arguments.of("FROM ", "no FROM line"),
                Arguments.of("FROM x\nBAD y", "(line 2): command must be one of \"from\""),
                Arguments.of("FROM x\n\nSYSTEM\ny", "(line 4): command must be one of"),
                Arguments.of("FROM", "unexpected EOF"),
                Arguments.of("FROM x\nSYSTEM \"open", "unexpected EOF"),
                Arguments.of("FROM x\nSYSTEM \"\"\"open\"\nmore\"", "unexpected EOF"),
                Arguments.of("FROM x\nPARAMETER num-ctx 1", "unexpected EOF: num"),
                Arguments.of("FROM x\nPARAMETER num_ctx", "unexpected EOF"),
                Arguments.of("FROM x\nMESSAGE tool y", "(line 2): message role must be one of"),
                Arguments.of("FROM x\nMESSAGE User y", "(line 2): message role must be one of"),
                Arguments.of("F\u00d6M x", "(line 1): command must be one of"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void whatIsBrokenIsToldWithItsLine(String text, String message) {
        assertThatThrownBy(() -> parse(text)).hasMessageStartingWith(message);
    }

    @Test
    void byteOrderMarksAndUtf16AreRead() {
        assertThat(parse("\uFEFFFROM x")).hasSize(1);
        byte[] utf16 = "\uFEFFFROM x\nSYSTEM gr\u00fc\u00df".getBytes(StandardCharsets.UTF_16LE);
        assertThat(Modelfile.parse(utf16).last("system")).isEqualTo("gr\u00fc\u00df");
    }

    @Test
    void theLastValueCountsAndAllAreKept() {
        Modelfile file = Modelfile.parse("FROM a\nSYSTEM one\nSYSTEM two\nLICENSE x\nLICENSE y".getBytes());
        assertThat(file.last("system")).isEqualTo("two");
        assertThat(file.values("license")).containsExactly("x", "y");
        assertThat(file.last("template")).isEmpty();
    }
}
