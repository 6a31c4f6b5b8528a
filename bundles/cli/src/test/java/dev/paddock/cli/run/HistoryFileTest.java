package dev.paddock.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {
    private final List<String> complaints = new ArrayList<>();

    @TempDir
    private Path directory;

    private HistoryFile history() {
        return new HistoryFile(directory.resolve("home/history"), complaints::add);
    }

    @Test
    void entriesOfAllPromptsComeBackInOrder() {
        HistoryFile one = history();
        HistoryFile other = history();
        assertThat(one.entries()).isEmpty();
        one.add("first");
        other.add("a \\n that is none, C:\\temp\nand \u6f22\u5b57 \uD83D\uDE42 on lines\r\nof their own");
        one.add("third");
        one.add("third");
        assertThat(history().entries())
                .containsExactly(
                        "first",
                        "a \\n that is none, C:\\temp\nand \u6f22\u5b57 \uD83D\uDE42 on lines\r\nof their own",
                        "third");
        assertThat(complaints).isEmpty();
    }

    @Test
    void onlyTheOwnerMayReadIt() throws IOException {
        Path file = directory.resolve("home/history");
        history().add("secret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        history().add("another");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void theOldestGoAndWhatIsLongIsNotKept() throws IOException {
        HistoryFile history = history();
        for (int i = 0; i < HistoryFile.MAX_ENTRIES + 5; i++) history.add("entry " + i);
        history.add("x".repeat(HistoryFile.MAX_ENTRY_BYTES + 1));
        assertThat(history.entries())
                .hasSize(HistoryFile.MAX_ENTRIES)
                .startsWith("entry 5")
                .endsWith("entry 1004");
        for (int i = 0; i < 40; i++) history.add(i + "y".repeat(HistoryFile.MAX_ENTRY_BYTES - 10));
        assertThat(Files.size(directory.resolve("home/history"))).isLessThanOrEqualTo(HistoryFile.MAX_BYTES);
        assertThat(history.entries().getLast()).startsWith("39y");
    }

    @Test
    void aFileOfAnotherHandIsReadAsFarAsItGoes() throws IOException {
        Path file = directory.resolve("home/history");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "half\n".repeat(HistoryFile.MAX_BYTES) + "a \\q b\nno end");
        HistoryFile history = history();
        history.add("mine");
        assertThat(history.entries()).endsWith("a \\q b", "no end", "mine").hasSize(HistoryFile.MAX_ENTRIES);
    }

    @Test
    void aFileThatCannotBeUsedCostsOneWarning() throws IOException {
        Files.createDirectories(directory.resolve("home/history"));
        HistoryFile history = history();
        assertThat(history.entries()).isEmpty();
        history.add("a");
        history.add("b");
        assertThat(complaints).hasSize(1).first().asString().contains("home/history", "Warning");
    }
}
