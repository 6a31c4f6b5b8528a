package dev.paddock.shell.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KeyboardTest {
    private static final String UP = "\033[A";
    private static final String DOWN = "\033OB";

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final AtomicInteger interrupts = new AtomicInteger();
    private boolean busy;

    private List<Keyboard.Typed> typed(String keys) throws InterruptedException {
        var screen = new PrintStream(new TerminalOutput(shown), true, StandardCharsets.UTF_8);
        var read = new CountDownLatch(1);
        var in = new ByteArrayInputStream(keys.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public void close() {
                read.countDown();
            }
        };
        List<Keyboard.Typed> all = new ArrayList<>();
        try (var keyboard = new Keyboard(in, screen, () -> {
            interrupts.incrementAndGet();
            return busy;
        })) {
            read.await();
            do all.add(keyboard.next(""));
            while (!(all.getLast() instanceof Keyboard.End));
        }
        all.removeLast();
        return all;
    }

    private List<String> lines(String keys) throws InterruptedException {
        return typed(keys).stream().map(t -> ((Keyboard.Line) t).text()).toList();
    }

    private String shown() {
        return shown.toString(StandardCharsets.UTF_8);
    }

    @Test
    void whatIsTypedIsShownAndEndsWithEachKindOfEnter() throws Exception {
        assertThat(lines("lb\rps\nhelp\r\n\r")).containsExactly("lb", "ps", "help", "");
        assertThat(shown()).isEqualTo("lb\r\nps\r\nhelp\r\n\r\n");
    }

    @Test
    void lettersOfAllLanguagesCanBeErased() throws Exception {
        assertThat(lines("grüße😀\177\177n\r")).containsExactly("grüßn");
        assertThat(shown()).isEqualTo("grüße😀\b \b\b \bn\r\n");
    }

    @Test
    void wordsAndLinesCanBeErased() throws Exception {
        assertThat(lines("stop  all \027this\r")).containsExactly("stop  this");
        assertThat(lines("nonsense\025lb\r\b\177x\r")).containsExactly("lb", "x");
    }

    @Test
    void arrowsBringEarlierLines() throws Exception {
        assertThat(lines("one\rtwo\r" + UP + UP + "!\r" + UP + UP + UP + DOWN + "\r" + UP + UP + UP + UP + UP + "\r"))
                .containsExactly("one", "two", "one!", "two", "one");
    }

    @Test
    void otherKeysDoNothing() throws Exception {
        assertThat(lines("a\033[C\033[1;5D\033[3~\033x\tb\r")).containsExactly("ab");
    }

    @Test
    void ctrlCForgetsTheLine() throws Exception {
        assertThat(typed("stop all\003lb\r")).containsExactly(new Keyboard.Abandoned(), new Keyboard.Line("lb"));
        assertThat(shown()).isEqualTo("stop all^C\r\nlb\r\n");
    }

    @Test
    void ctrlCEndsWhatRunsAndWhatWaits() throws Exception {
        busy = true;
        assertThat(lines("one\rtwo\r\003three\r")).containsExactly("three");
        assertThat(interrupts).hasValue(1);
    }

    @Test
    void ctrlDEndsOnAnEmptyLineOnly() throws Exception {
        assertThat(lines("a\004b\r\004never\r")).containsExactly("ab");
    }

    @Test
    void aLineHasABound() throws Exception {
        assertThat(lines("x".repeat(5_000) + "\r").getFirst()).hasSize(4_096);
    }
}
