package dev.paddock.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleDoorTest {
    private static final String BUNDLES = "/system/console/bundles";
    private static final String RIGHT = "the right one";

    @TempDir
    Path home;

    private final AtomicLong now = new AtomicLong();
    private ConsoleDoor door;

    @BeforeEach
    void first() throws IOException {
        Files.writeString(home.resolve("console-password"), RIGHT + "\n");
        door = new ConsoleDoor(new Passwords(home), new Attempts(now::get));
    }

    private Object enter(Asked asked) {
        return door.authenticate(asked.request(), asked.response());
    }

    @Test
    void theRightPasswordOpensUnderAPolicy() {
        var asked = Asked.of("GET", BUNDLES).as("admin", RIGHT);
        Object user = enter(asked);
        assertThat(door.authorize(user, "any")).isTrue();
        assertThat(asked.answered)
                .containsEntry("Content-Security-Policy", ConsoleDoor.POLICY)
                .containsEntry("X-Frame-Options", "DENY");
    }

    @Test
    void withoutOneTheBrowserIsAskedForIt() {
        var asked = Asked.of("GET", BUNDLES);
        assertThat(enter(asked)).isNull();
        assertThat(asked.status).isEqualTo(401);
        assertThat(asked.answered.get("WWW-Authenticate")).startsWith("Basic ");
        for (int i = 0; i < 100; i++) enter(Asked.of("GET", BUNDLES));
        assertThat(enter(Asked.of("GET", BUNDLES).as("admin", RIGHT))).isNotNull();
    }

    @Test
    void guessesAreSlowedDownAndSaySo() {
        for (int i = 0; i < Attempts.FREE; i++) {
            var wrong = Asked.of("GET", BUNDLES).as("admin", "guess " + i);
            assertThat(enter(wrong)).isNull();
            assertThat(wrong.status).isEqualTo(401);
        }
        var slowed = Asked.of("GET", BUNDLES).as("admin", RIGHT);
        assertThat(enter(slowed)).isNull();
        assertThat(slowed.status).isEqualTo(429);
        assertThat(slowed.answered).containsEntry("Retry-After", "1");
        assertThat(enter(Asked.of("GET", BUNDLES).as("admin", RIGHT).from("10.1.1.1")))
                .isNotNull();
        now.addAndGet(1_000_000_000);
        assertThat(enter(Asked.of("GET", BUNDLES).as("admin", RIGHT))).isNotNull();
    }

    @Test
    void aPasswordThatABrowserSendsForAnotherPageOpensNothing() {
        var forged = Asked.of("POST", BUNDLES).as("admin", RIGHT).with("Origin", "http://localhost:3000");
        assertThat(enter(forged)).isNull();
        assertThat(forged.status).isEqualTo(403);
    }

    @Test
    void nobodyComesInPastTheEdgeWhichKnowsWhoIsOfThisMachine() {
        var asked = Asked.of("GET", BUNDLES).as("admin", RIGHT).pastTheEdge();
        assertThat(enter(asked)).isNull();
        assertThat(asked.status).isEqualTo(503);
    }

    @Test
    void theConsoleBeginsWithOurPage() {
        for (String root : new String[] {"/system/console", "/system/console/"}) {
            var asked = Asked.of("GET", root).as("admin", RIGHT);
            assertThat(enter(asked)).isNull();
            assertThat(asked.answered).containsEntry("Location", "/system/console/paddock");
        }
    }

    @Test
    void whatIsNoLoginIsAskedAgain() {
        for (String header :
                new String[] {"Basic", "Basic ????", "Basic YQ==", "Bearer x", "Basic " + "a".repeat(3000)}) {
            var asked = Asked.of("GET", BUNDLES).with("Authorization", header);
            assertThat(enter(asked)).isNull();
            assertThat(asked.status).isEqualTo(401);
        }
    }

    @Test
    void noPasswordFileMeansShut() throws IOException {
        Files.delete(home.resolve("console-password"));
        var asked = Asked.of("GET", BUNDLES).as("admin", "");
        assertThat(enter(asked)).isNull();
        assertThat(asked.status).isEqualTo(503);
    }
}
