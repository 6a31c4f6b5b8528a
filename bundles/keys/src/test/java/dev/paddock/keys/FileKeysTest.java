package dev.paddock.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.api.fault.BusyException;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.security.Grant;
import dev.paddock.api.security.Identity;
import dev.paddock.api.security.Issued;
import dev.paddock.api.security.Key;
import dev.paddock.api.security.Limits;
import dev.paddock.api.security.ModelPattern;
import dev.paddock.api.security.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileKeysTest {
    private static final Grant FULL = new Grant(
            Set.of(Scope.INFER, Scope.MODELS_WRITE),
            List.of(new ModelPattern("qwen*")),
            new Limits(7, 800, 3),
            -2,
            2.5);

    @TempDir
    private Path home;

    private Instant now = Instant.parse("2026-11-30T12:00:00Z");
    private FileKeys keys;

    @BeforeEach
    void open() {
        keys = new FileKeys(home, () -> now, () -> now.toEpochMilli() * 1_000_000);
    }

    @Test
    void aKeySaysWhoAsksAndWhatTheyMay() {
        Issued ann = keys.create("ann", FULL, Optional.empty());
        assertThat(ann.secret())
                .matches("pk-[A-Za-z0-9_-]{43}")
                .startsWith(ann.key().prefix());
        Identity who = keys.identify(ann.secret());
        assertThat(who.name()).isEqualTo("key ann");
        assertThat(who.weight()).isEqualTo(2.5);
        assertThat(who.priority()).isEqualTo(-2);
        assertThat(who.mostPriority()).isEqualTo(-2);
        assertThat(who.has(Scope.INFER)).isTrue();
        assertThat(who.has(Scope.MODELS_READ)).isFalse();
        assertThat(who.mayUse(ModelName.parse("Qwen3:8b"))).isTrue();
        assertThat(who.mayUse(ModelName.parse("starter"))).isFalse();
    }

    @Test
    void noTwoSecretsAreAlike() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 100; i++)
            seen.add(keys.create("k" + i, Grant.ORDINARY, Optional.empty()).secret());
        assertThat(seen).hasSize(100);
    }

    @Test
    void allIsKeptButTheSecret() throws IOException {
        Issued ann = keys.create("ann", FULL, Optional.of(now.plusSeconds(60)));
        Path file = home.resolve("keys.json");
        assertThat(Files.readString(file)).doesNotContain(ann.secret()).contains("\"hash\"");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(home).isDirectoryNotContaining(path -> !path.equals(file));
        open();
        assertThat(keys.list()).containsExactly(ann.key());
        assertThat(keys.identify(ann.secret()).name()).isEqualTo("key ann");
        assertThat(ann.toString()).doesNotContain(ann.secret());
    }

    @Test
    void wrongExpiredRevokedAndRotatedOnesAreRefused() {
        String secret = keys.create("ann", Grant.ORDINARY, Optional.of(now.plusSeconds(60)))
                .secret();
        refused(secret + "x");
        refused("pk-");
        refused("");
        String fresh = keys.rotate("ann").secret();
        refused(secret);
        assertThat(keys.identify(fresh).name()).isEqualTo("key ann");
        now = now.plusSeconds(60);
        assertThat(refused(fresh)).hasMessageContaining("expired");
        assertThat(keys.exist()).as("an expired key leaves the door shut").isTrue();
        keys.revoke(keys.list().getFirst().id());
        refused(fresh);
        assertThat(keys.exist()).isFalse();
    }

    private PaddockException refused(String secret) {
        var refusal = catchThrowableOfType(PaddockException.class, () -> keys.identify(secret));
        assertThat(refusal.fault()).isEqualTo(Fault.UNAUTHENTICATED);
        if (!secret.isEmpty()) assertThat(refusal.getMessage()).doesNotContain(secret.substring(3) + "\"");
        return refusal;
    }

    @Test
    void workThatWasLeftEndsWithItsKey() {
        Identity ann = keys.identify(keys.create("ann", Grant.ORDINARY, Optional.of(now.plusSeconds(60)))
                .secret());
        Identity ben = keys.identify(
                keys.create("ben", Grant.ORDINARY, Optional.empty()).secret());
        keys.rotate("ann");
        keys.requireCurrent(ann);
        keys.requireCurrent(Identity.LOCAL);
        keys.revoke("ben");
        assertThatThrownBy(() -> keys.requireCurrent(ben)).hasMessageContaining("revoked");
        now = now.plusSeconds(60);
        assertThatThrownBy(() -> keys.requireCurrent(ann))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.UNAUTHENTICATED));
    }

    @Test
    void namesAndTimesAreChecked() {
        keys.create("ann", Grant.ORDINARY, Optional.empty());
        for (String name : List.of("", " ", "a b", "a\nb", "x".repeat(65), "ANN")) {
            assertThatThrownBy(() -> keys.create(name, Grant.ORDINARY, Optional.empty()))
                    .as(name)
                    .isInstanceOfSatisfying(
                            PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INVALID_REQUEST));
        }
        assertThatThrownBy(() -> keys.create("ben", Grant.ORDINARY, Optional.of(now)))
                .hasMessageContaining("expired");
        assertThatThrownBy(() -> keys.revoke("nobody"))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.NOT_FOUND));
        assertThat(keys.list()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"version\":2,\"keys\":[]}",
                "{\"version\":1}",
                "{\"version\":1,\"keys\":[1]}",
                "{\"version\":1,\"keys\":[{\"id\":\"ab\",\"name\":\"ann\"}]}"
            })
    void aDamagedFileOpensNothingAndIsNotWrittenOver(String content) throws IOException {
        Path file = Files.writeString(home.resolve("keys.json"), content);
        open();
        assertThat(keys.exist()).isTrue();
        assertThatThrownBy(() -> keys.identify("pk-x"))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.UNAVAILABLE));
        assertThatThrownBy(() -> keys.create("ann", Grant.ORDINARY, Optional.empty()))
                .hasMessageContaining("damaged");
        assertThatThrownBy(keys::list).hasMessageContaining("damaged");
        keys.stop();
        assertThat(file).hasContent(content);
    }

    @Test
    void aFileThatLostItsModelsIsDamagedAndDoesNotGiveAll() throws IOException {
        keys.create("ann", FULL, Optional.empty());
        Path file = home.resolve("keys.json");
        Files.writeString(file, Files.readString(file).replace("\"models\"", "\"model\""));
        open();
        assertThatThrownBy(keys::list).hasMessageContaining("damaged");
    }

    @Test
    void whenAKeyWasUsedOutlivesTheServer() {
        Issued ann = keys.create("ann", Grant.ORDINARY, Optional.empty());
        assertThat(keys.list().getFirst().lastUsedAt()).isEmpty();
        now = now.plusSeconds(5);
        keys.identify(ann.secret());
        assertThat(keys.list().getFirst().lastUsedAt()).contains(now);
        keys.stop();
        open();
        assertThat(keys.list().stream().map(Key::lastUsedAt)).containsExactly(Optional.of(now));
    }

    @Test
    void requestsAreCountedByTheMinuteAndComeBackSteadily() {
        Identity who = limited(new Limits(2, 0, 0));
        keys.begin(who).close();
        keys.begin(who).close();
        assertThat(over(who).retryAfter()).isEqualTo(Duration.ofSeconds(30));
        now = now.plusSeconds(30);
        keys.begin(who).close();
        assertThat(over(who)).hasMessageContaining("2 requests a minute").hasMessageContaining("try again in");
    }

    @Test
    void tokensAreCountedWhenTheyAreKnownAndADebtIsWaitedOut() {
        Identity who = limited(new Limits(0, 600, 0));
        keys.begin(who).close();
        keys.spent(who, 1200);
        assertThat(over(who).retryAfter()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(61));
        now = now.plusSeconds(61);
        keys.begin(who).close();
    }

    @Test
    void soManyRunAtTheSameTime() {
        Identity who = limited(new Limits(0, 0, 1));
        var first = keys.begin(who);
        assertThat(over(who)).hasMessageContaining("1 requests running");
        first.close();
        first.close();
        var second = keys.begin(who);
        over(who);
        second.close();
        keys.begin(who).close();
    }

    @Test
    void whoHasNoKeyHasNoLimits() {
        for (int i = 0; i < 100; i++) keys.begin(Identity.LOCAL);
        keys.spent(Identity.LOCAL, Long.MAX_VALUE);
        keys.begin(Identity.LOCAL).close();
    }

    @Test
    void aTicketIsGoodForItsTime() {
        String ticket = keys.ticket(Duration.ofMinutes(5));
        assertThat(keys.identify(ticket).has(Scope.ADMIN)).isTrue();
        assertThat(keys.exist()).isFalse();
        assertThat(home).isEmptyDirectory();
        now = now.plus(Duration.ofMinutes(5));
        refused(ticket);
        assertThatThrownBy(() -> keys.ticket(Duration.ofHours(2))).isInstanceOf(IllegalArgumentException.class);
    }

    private Identity limited(Limits limits) {
        var grant = new Grant(Set.of(Scope.INFER), List.of(), limits, 0, 1);
        return keys.identify(keys.create("ann", grant, Optional.empty()).secret());
    }

    private BusyException over(Identity who) {
        var over = catchThrowableOfType(BusyException.class, () -> keys.begin(who));
        assertThat(over.fault()).isEqualTo(Fault.RATE_LIMITED);
        return over;
    }
}
