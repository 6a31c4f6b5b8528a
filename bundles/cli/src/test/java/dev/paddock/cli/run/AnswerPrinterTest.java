package dev.paddock.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswerPrinterTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private AnswerPrinter printer(boolean hidden, boolean terminal) {
        return new AnswerPrinter(new PrintStream(out, true, StandardCharsets.UTF_8), hidden, terminal, 0);
    }

    private static Map<String, Object> piece(String key, String text) {
        return Map.of("message", Map.of(key, text));
    }

    private String printed(AnswerPrinter printer) {
        printer.accept(piece("thinking", "Well."));
        printer.accept(piece("content", "Yes."));
        printer.stopped();
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void thoughtsAreDimOnATerminalAndPlainElsewhere() {
        assertThat(printed(printer(false, true)))
                .isEqualTo("\u001b[2mThinking...\nWell.\n...done thinking.\n\n\u001b[22mYes.");
        out.reset();
        assertThat(printed(printer(false, false))).isEqualTo("Thinking...\nWell.\n...done thinking.\n\nYes.");
        out.reset();
        assertThat(printed(printer(true, true))).isEqualTo("Yes.");
    }

    @Test
    void whoIsStoppedInThoughtLeavesNoDimTerminal() {
        AnswerPrinter printer = printer(false, true);
        printer.accept(piece("thinking", "Hm"));
        printer.stopped();
        assertThat(out.toString(StandardCharsets.UTF_8)).endsWith("Hm\u001b[22m");
    }
}
