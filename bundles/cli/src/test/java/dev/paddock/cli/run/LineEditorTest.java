package dev.paddock.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.cli.server.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
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
    private static final int CHUNK = 1000;
    private static final String ESCAPE = "\u001b";
    private static final String UP = ESCAPE + "OA";

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private boolean kept = true;
    private Keys keys;
    private LineEditor editor;

    @TempDir
    private Path home;

    @BeforeEach
    void open() throws IOException {
        keys = new Keys();
        var terminal = new ExternalTerminal("test", "xterm", keys, shown, StandardCharsets.UTF_8);
        terminal.setSize(new Size(80, 24));
        terminal.enterRawMode(); // keys are pressed before the editor asks for them
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

    /** What was pressed and not read yet. A pipe would mind that several threads press. */
    private static final class Keys extends InputStream {
        private final BlockingQueue<byte[]> pressed = new LinkedBlockingQueue<>();

        @Override
        public int read() throws IOException {
            throw new IOException("the terminal reads several");
        }

        @Override
        public int read(byte[] into) throws IOException {
            try {
                byte[] next = pressed.take();
                System.arraycopy(next, 0, into, 0, next.length);
                return next.length;
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    private void press(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; at += CHUNK) {
            keys.pressed.add(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + CHUNK)));
        }
    }

    private String typed(String text) {
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
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    private String shown() {
        return shown.toString(StandardCharsets.UTF_8);
    }

    @Test
    void keysEditTheLine() {
        assertThat(typed("world\u0001hello \u0005!")).isEqualTo("hello world!");
        assertThat(typed("abc def\u001bb\u0015")).isEqualTo("def");
        assertThat(typed("abc def\u001bb\u001bb\u001bf\u000b")).isEqualTo("abc ");
        assertThat(typed("abc ./def-ghi\u0017x")).isEqualTo("abc x");
        assertThat(typed("ac\u0002b\u0006d\u0004")).isEqualTo("abcd");
        assertThat(typed("one\u001b\rtwo")).isEqualTo("one\ntwo");
        assertThat(typed("x\u000cy")).isEqualTo("xy");
    }

    @Test
    void textIsTakenAsItIs() {
        assertThat(typed("  Hi!! !$ my\\ cat (\"x'  ")).isEqualTo("  Hi!! !$ my\\ cat (\"x'  ");
        assertThat(typed("\u6f22\u5b57 \uD83D\uDE42\uD83D\uDC69\u200D\uD83D\uDCBB \u007f\u007f"))
                .startsWith("\u6f22\u5b57 \uD83D\uDE42");
        String page = "\u6f22 \uD83D\uDE42 and words (with brackets). ".repeat(320);
        assertThat(page).hasSizeGreaterThan(10_000);
        assertThat(typed(page)).isEqualTo(page);
    }

    @Test
    void severalLinesAreOneEntryWhenPastedOrQuoted() {
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
    void ctrlCForgetsTheLineOrSaysThatNothingWasTyped() {
        pressWhenShown(
                Prompt.FIRST, "some text", "some text", "\u0003", Prompt.FIRST, "other\r", Prompt.FIRST, "\u0003");
        assertThat(editor.entry()).isEqualTo("other");
        assertThatThrownBy(editor::entry).isInstanceOfSatisfying(Failure.class, e -> assertThat(e.exitCode())
                .isEqualTo(Failure.INTERRUPTED));
    }

    @Test
    void ctrlDLeavesWhenNothingIsTyped() {
        press("\u0004");
        assertThat(editor.entry()).isNull();
    }

    @Test
    void tabCompletesCommandsAndModels() {
        assertThat(typed("/loa\tst\t").strip()).isEqualTo("/load starter:latest");
        assertThat(typed("/show lic\t").strip()).isEqualTo("/show license");
    }
}
