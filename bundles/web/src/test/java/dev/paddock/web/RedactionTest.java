package dev.paddock.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedactionTest {
    private static final String KEY = "pk-abcdefghijklmnopqrstuvwxyz0123456789";

    @TempDir
    Path home;

    @Test
    void whatProvesWhoAsksIsNotKept() {
        assertThat(Redaction.header("Authorization", "Bearer x")).isEqualTo("***");
        assertThat(Redaction.header("X-API-Key", "x")).isEqualTo("***");
        assertThat(Redaction.header("Cookie", "a=b")).isEqualTo("***");
        assertThat(Redaction.header("User-Agent", "curl/8")).isEqualTo("curl/8");
        assertThat(Redaction.query("alt=sse&key=AIza-abc&x=1")).isEqualTo("alt=sse&key=***&x=1");
        assertThat(Redaction.text("{\"key\":\"" + KEY + "\"}")).isEqualTo("{\"key\":\"pk-***\"}");
        assertThat(Redaction.text("a risk-free bet")).isEqualTo("a risk-free bet");
    }

    @Test
    void capturesAreForgottenWhenOldAndWhenTheyAreTooMuch() throws Exception {
        var captures = new Captures(home.resolve("captures"), Duration.ofHours(1), 25);
        captures.add("old", bytes(10));
        Path old = home.resolve("captures/old.json");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        captures.add("first", bytes(10));
        assertThat(old).doesNotExist();
        Files.setLastModifiedTime(
                home.resolve("captures/first.json"), FileTime.from(Instant.now().minusSeconds(60)));
        captures.add("second", bytes(10));
        captures.add("third", bytes(15));
        assertThat(home.resolve("captures/first.json")).doesNotExist();
        assertThat(home.resolve("captures/third.json")).hasSize(15);
    }

    private static byte[] bytes(int count) {
        return "x".repeat(count).getBytes(StandardCharsets.UTF_8);
    }
}
