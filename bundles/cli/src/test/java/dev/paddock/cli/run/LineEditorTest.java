package dev.paddock.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.cli.server.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jline.terminal.Size;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What keys do, on a terminal that is a pair of streams. */
@Timeout(60)
class LineEditorTest {
    private static final String ESCAPE = "\u001b";
    private static final String UP = ESCAPE + "OA";

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private boolean kept = true;
    private PipedOutputStream keys;
    private LineEditor editor;

    @TempDir
    private Path home;

    @BeforeEach
    void open() throws IOException {
        keys = new PipedOutputStream();
        var in = new PipedInputStream(keys, 1 << 17);
        var terminal = new ExternalTerminal("test", "xterm", in, shown, StandardCharsets.UTF_8);
        terminal.setSize(new Size(80, 24));
        var completer = new EntryCompleter(() -> List.of("starter:latest"));
        editor = new LineEditor(terminal, completer, history(), () -> kept);
    }

    private HistoryFile history() {
        return new HistoryFile(home.resolve("history"), complaint -> {
            throw new AssertionError(complaint);
        });
    }

    @AfterEach
    void close() {
        editor.close();
    }

    private void press(String text) throws IOException {
        keys.write(text.getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    private String typed(String text) throws IOException {
        press(text + "\r");
        return editor.entry();
    }

    /** Each key when its text is shown: Ctrl-C acts at once, whatever was not read yet. */
    private void pressWhenShown(String... textsAndKeys) {
        Thread.ofVirtual().start(() -> {
            try {
                int from = 0;
                for (int i = 0; i < textsAndKeys.length; i += 2) {
                    String text = textsAndKeys[i];
                    while (shown().indexOf(text, from) < 0) Thread.sleep(Duration.ofMillis(5));
                    from = shown().indexOf(text, from) + text.length();
                    press(textsAndKeys[i + 1]);
                }
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    private String shown() {
        return shown.toString(StandardCharsets.UTF_8);
    }

    @Test
    void keysEditTheLine() throws IOException {
        assertThat(typed("world\u0001hello \u0005!")).isEqualTo("hello world!");
        assertThat(typed("abc def\u001bb\u0015")).isEqualTo("def");
        assertThat(typed("abc def\u001bb\u001bb\u001bf\u000b")).isEqualTo("abc");
        assertThat(typed("abc ./def-ghi\u0017x")).isEqualTo("abc x");
        assertThat(typed("ac\u0002b\u0006d\u0004")).isEqualTo("abcd");
        assertThat(typed("one\u001b\rtwo")).isEqualTo("one\ntwo");
        assertThat(typed("x\u000cy")).isEqualTo("xy");
    }

    @Test
    void textIsTakenAsItIs() throws IOException {
        assertThat(typed("  Hi!! !$ my\\ cat (\"x'  ")).isEqualTo("  Hi!! !$ my\\ cat (\"x'  ");
        assertThat(typed("\u6f22\u5b57 \uD83D\uDE42\uD83D\uDC69\u200D\uD83D\uDCBB \u007f\u007f"))
                .startsWith("\u6f22\u5b57 \uD83D\uDE42");
        String page = "\u6f22 \uD83D\uDE42 and words (with brackets). ".repeat(320);
        assertThat(page).hasSizeGreaterThan(10_000);
        assertThat(typed(page)).isEqualTo(page);
    }

    @Test
    void severalLinesAreOneEntryWhenPastedOrQuoted() throws IOException {
        assertThat(typed(ESCAPE + "[200~one\rtwo\r\tthree" + ESCAPE + "[201~")).isEqualTo("one\ntwo\n\tthree");
        assertThat(typed("\"\"\"a\rb\"\"\"")).isEqualTo("\"\"\"a\nb\"\"\"");
        assertThat(shown()).contains(Prompt.NEXT);
    }

    @Test
    void whatWasTypedIsFoundAgainInTheNextSession() throws IOException {
        typed("the first of all");
        typed("a second");
        kept = false;
        typed("a secret");
        assertThat(typed(UP)).isEqualTo("a secret");
        kept = true;
        typed("a" + ESCAPE + "\rthird");
        editor.close();
        assertThat(history().entries()).containsExactly("the first of all", "a second", "a\nthird");
        open();
        assertThat(typed(UP + UP)).isEqualTo("a\nthird");
        assertThat(typed("\u0012first\r")).isEqualTo("the first of all");
    }

    @Test
    void ctrlCForgetsTheLineOrSaysThatNothingWasTyped() throws IOException {
        pressWhenShown(Prompt.FIRST, "some text", "some text", "\u0003", Prompt.FIRST, "other\r", Prompt.FIRST, "\u0003");
        assertThat(editor.entry()).isEqualTo("other");
        assertThatThrownBy(editor::entry).isInstanceOfSatisfying(Failure.class, e -> assertThat(e.exitCode())
                .isEqualTo(Failure.INTERRUPTED));
    }

    @Test
    void ctrlDLeavesWhenNothingIsTyped() throws IOException {
        press("\u0004");
        assertThat(editor.entry()).isNull();
    }

    @Test
    void tabCompletesCommandsAndModels() throws IOException {
        assertThat(typed("/loa\tst\t").strip()).isEqualTo("/load starter:latest");
        assertThat(typed("/show lic\t").strip()).isEqualTo("/show license");
    }
}
