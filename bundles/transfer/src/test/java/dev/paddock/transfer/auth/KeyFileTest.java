package dev.paddock.transfer.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
    /** Made by OpenSSH for this test; it opens nothing. */
    private static final String OPENSSH = """
            -----BEGIN OPENSSH PRIVATE KEY-----
            b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW
            QyNTUxOQAAACCQRFTqZdK2AllxjSQ9GJ54uuRKDHzcrZMMA0nhPHoRRgAAAIht7rvPbe67
            zwAAAAtzc2gtZWQyNTUxOQAAACCQRFTqZdK2AllxjSQ9GJ54uuRKDHzcrZMMA0nhPHoRRg
            AAAEDCj8q5ZBp2A52jtZyQRe0i2FqH7uLkNarSZDltY+L/EpBEVOpl0rYCWXGNJD0Ynni6
            5EoMfNytkwwDSeE8ehFGAAAABHRlc3QB
            -----END OPENSSH PRIVATE KEY-----
            """;

    @TempDir
    Path root;

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        KeyFile key = KeyFile.generate();
        KeyFile again = KeyFile.parse(key.privateText().getBytes(StandardCharsets.US_ASCII));
        assertThat(again.seed()).isEqualTo(key.seed());
        assertThat(again.publicText()).isEqualTo(key.publicText());
    }

    @Test
    void aKeyOfOpenSshIsRead() throws IOException {
        KeyFile key = KeyFile.parse(OPENSSH.getBytes(StandardCharsets.US_ASCII));
        assertThat(key.publicText()).isEqualTo("AAAAC3NzaC1lZDI1NTE5AAAAIJBEVOpl0rYCWXGNJD0Ynni65EoMfNytkwwDSeE8ehFG");
    }

    @Test
    void opensshReadsOurs() throws Exception {
        Path program = Path.of("/usr/bin/ssh-keygen");
        assumeTrue(Files.isExecutable(program), "ssh-keygen is not installed (Debian: openssh-client)");
        Path own = root.resolve("home/id_ed25519");
        KeyFile key = new KeyPlaces(own, root.resolve("none")).key();
        var process = new ProcessBuilder(program.toString(), "-y", "-f", own.toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(printed.strip()).startsWith("ssh-ed25519 " + key.publicText());
    }

    @Test
    void aKeyIsMadeOnceAndOnlyItsOwnerCanReadIt() throws IOException {
        Path own = root.resolve("home/id_ed25519");
        var places = new KeyPlaces(own, root.resolve("none"));
        String first = places.key().publicText();
        assertThat(places.key().publicText()).isEqualTo(first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)))
                .isEqualTo("rw-------");
        assertThat(root.resolve("home/id_ed25519.pub")).hasContent("ssh-ed25519 " + first + "\n");
    }

    @Test
    void manyWhoNeedTheFirstKeyGetTheSame() throws Exception {
        for (int round = 0; round < 50; round++) {
            var places = new KeyPlaces(root.resolve("home" + round + "/id_ed25519"), root.resolve("none"));
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Callable<String> task = () -> places.key().publicText();
                var keys = threads.invokeAll(Collections.nCopies(8, task));
                for (var key : keys)
                    assertThat(key.get()).isEqualTo(places.key().publicText());
            }
        }
    }

    @Test
    void aKeyThatWasNotWrittenToItsEndIsMadeAnew() throws IOException {
        Path own = root.resolve("id_ed25519");
        Files.createFile(own);
        String made = new KeyPlaces(own, root.resolve("none")).key().publicText();
        assertThat(KeyFile.parse(Files.readAllBytes(own)).publicText()).isEqualTo(made);
    }

    @Test
    void theKeyOfAnOllamaIsUsedWhereThereIsNone() throws IOException {
        Path ollama =
                Files.writeString(root.resolve("id_ed25519"), KeyFile.generate().privateText());
        Path own = root.resolve("home/id_ed25519");
        KeyFile key = new KeyPlaces(own, ollama).key();
        assertThat(key.publicText())
                .isEqualTo(KeyFile.parse(Files.readAllBytes(ollama)).publicText());
        assertThat(own).doesNotExist();
    }

    @Test
    void brokenKeysAreRefusedInWords() throws IOException {
        byte[] sound = KeyFile.generate().privateText().getBytes(StandardCharsets.US_ASCII);
        var random = new Random(1);
        for (int n = 0; n < 2000; n++) {
            byte[] broken = sound.clone();
            for (int k = 0; k <= n % 3; k++) broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            try {
                KeyFile.parse(broken);
            } catch (IOException e) {
                assertThat(e.getMessage()).contains("key for registries");
            }
        }
        assertThatThrownBy(() -> KeyFile.parse(new byte[0])).isInstanceOf(IOException.class);
    }
}
