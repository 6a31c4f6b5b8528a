package dev.paddock.cli.run;

import dev.paddock.cli.http.Json;
import dev.paddock.cli.server.Failure;
import dev.paddock.cli.server.Site;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jline.keymap.KeyMap;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.reader.Widget;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** A prompt whose lines can be edited, completed and found again: JLine with the keys of Ollama's prompt. One thread. */
final class LineEditor implements Prompt {
    private static final int WAIT_MILLIS = 1;
    private static final char DELETE = 127;

    private final Terminal terminal;
    private final LineReaderImpl reader;
    private final HistoryFile history;
    private final BooleanSupplier kept;

    /** @param kept whether what is typed now goes into the history */
    LineEditor(Terminal terminal, EntryCompleter completer, HistoryFile history, BooleanSupplier kept) {
        this.terminal = terminal;
        this.history = history;
        this.kept = kept;
        this.reader = (LineReaderImpl) LineReaderBuilder.builder()
                .terminal(terminal)
                .parser(new EntryParser())
                .completer(completer)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, NEXT)
                .variable(LineReader.HISTORY_SIZE, HistoryFile.MAX_ENTRIES)
                .variable(LineReader.BLINK_MATCHING_PAREN, 0L)
                // A message is text: an exclamation mark in it brings nothing back, and its blanks stay.
                .option(Option.DISABLE_EVENT_EXPANSION, true)
                .option(Option.HISTORY_IGNORE_SPACE, false)
                .option(Option.HISTORY_REDUCE_BLANKS, false)
                .option(Option.COMPLETE_MATCHER_TYPO, false)
                .build();
        reader.getKeyMaps().get(LineReader.EMACS).bind(new Reference(LineReader.BACKWARD_KILL_LINE), KeyMap.ctrl('U'));
        Widget insert = reader.getWidgets().get(LineReader.SELF_INSERT);
        reader.getWidgets().put(LineReader.SELF_INSERT, () -> insert.apply() && insertWaiting());
        history.entries().forEach(reader.getHistory()::add);
    }

    /**
     * The editor on this process's terminal.
     *
     * @throws IOException when there is none that it can draw on
     */
    static LineEditor open(Site site, Conversation conversation) throws IOException {
        var history = new HistoryFile(site.home().resolve("history"), site::say);
        var completer = new EntryCompleter(() -> models(site));
        return new LineEditor(terminal(), completer, history, conversation.manner()::historyKept);
    }

    /** By the programs {@code stty} and {@code tty}: no native code comes into the process. */
    private static Terminal terminal() throws IOException {
        try {
            Terminal terminal = TerminalBuilder.builder()
                    .provider(TerminalBuilder.PROP_PROVIDER_EXEC)
                    .dumb(false)
                    .nativeSignals(true)
                    .encoding(StandardCharsets.UTF_8)
                    .stdinEncoding(StandardCharsets.UTF_8)
                    .stdoutEncoding(StandardCharsets.UTF_8)
                    .build();
            if (terminal.getType().startsWith(Terminal.TYPE_DUMB)) throw new IOException("a dumb terminal");
            return terminal;
        } catch (IllegalStateException e) {
            throw new IOException(e);
        }
    }

    /** Text that came at once is drawn at once: a page that a terminal pastes as if it were typed would take seconds. */
    private boolean insertWaiting() {
        while (isText(reader.peekCharacter(WAIT_MILLIS))) {
            reader.getBuffer().write(reader.readCharacter());
        }
        return true;
    }

    private static boolean isText(int c) {
        return c >= ' ' && c != DELETE;
    }

    private static List<String> models(Site site) {
        try {
            return Json.maps(site.api().get("/api/tags"), "models").stream()
                    .map(model -> Json.text(model, "name"))
                    .toList();
        } catch (Failure noServer) {
            return List.of();
        }
    }

    @Override
    public String entry() {
        while (true) {
            try {
                String entry = reader.readLine(FIRST);
                if (kept.getAsBoolean() && !entry.isBlank()) history.add(entry);
                return entry;
            } catch (UserInterruptException e) {
                if (e.getPartialLine().isEmpty()) throw new Failure(Failure.INTERRUPTED, "interrupted");
            } catch (EndOfFileException e) {
                return null;
            }
        }
    }

    @Override
    public void close() {
        try {
            terminal.close();
        } catch (IOException e) {
            throw new Failure("the terminal cannot be given back: " + e.getMessage());
        }
    }
}
