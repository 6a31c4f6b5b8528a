package dev.paddock.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.settings.Declaration;
import dev.paddock.api.settings.Declaration.Type;
import dev.paddock.api.settings.KnownSetting;
import dev.paddock.api.settings.SettingChange.Place;
import dev.paddock.api.settings.SettingsEditor.Effect;
import dev.paddock.api.settings.SettingsEditor.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.cm.ConfigurationEvent;

class LiveSettingsTest {
    private static final String PID = "dev.paddock.sample";
    private static final Place COUNT = new Place(PID, "count");
    private static final Place MODE = new Place(PID, "mode");
    private static final Place PLACE = new Place(PID, "place");
    private static final Place SECRET = new Place(PID, "secret");

    @TempDir
    Path directory;

    private final FakeConfigurationAdmin admin = new FakeConfigurationAdmin();
    private Path file;
    private LayeredSettings settings;

    @BeforeEach
    void start() throws IOException {
        Path shipped = Files.createDirectories(directory.resolve("install/configs"));
        Files.writeString(shipped.resolve(PID + ".json"), """
                {"count": 5, "mode": "slow", "place": "here", "names": [], "secret": ""}
                """);
        file = directory.resolve("home/configs").resolve(PID + ".json");
        Files.createDirectories(file.getParent());
        settings = started(Map.of());
    }

    private LayeredSettings started(Map<String, String> variables) throws IOException {
        var places = new LayeredSettings.Places(
                Optional.of(directory.resolve("install")), Optional.of(directory.resolve("home")), variables);
        return new LayeredSettings(
                admin,
                places,
                new LayeredSettings.Rules(LiveSettingsTest::check, LiveSettingsTest::declared, Duration.ofMillis(20)));
    }

    @AfterEach
    void stop() {
        settings.close();
    }

    private static void check(String pid, Map<String, Object> values) {
        if (pid.equals(PID) && values.get("count") instanceof Integer count && count > 9) {
            throw new IllegalArgumentException("count is " + count + "; write 0 to 9");
        }
    }

    private static Declarations declared() {
        var sample = new TreeMap<String, Declaration>();
        sample.put("count", declaration(Type.INTEGER, 5, List.of(), "Most, 0 to 9."));
        sample.put("mode", declaration(Type.TEXT, "slow", List.of("slow", "fast"), "How."));
        sample.put("place", declaration(Type.TEXT, "here", List.of(), "Where." + Declaration.NEXT_START));
        sample.put("names", declaration(Type.LIST, new String[0], List.of(), "Who."));
        sample.put("secret", new Declaration("Secret", "Shown to nobody.", Type.TEXT, "", "", List.of(), true));
        var scheduler = new TreeMap<String, Declaration>();
        scheduler.put("max.queue", declaration(Type.INTEGER, 512, List.of(), "Most that wait."));
        var gate = new TreeMap<String, Declaration>();
        gate.put("port", declaration(Type.INTEGER, 0, List.of(), "Which, 0 to 65535."));
        return new Declarations(
                new TreeMap<>(Map.of(PID, sample, "dev.paddock.scheduler", scheduler)),
                new TreeMap<>(Map.of("dev.paddock.gate", gate)));
    }

    private static Declaration declaration(Type type, Object fallback, List<String> options, String words) {
        return new Declaration("A setting", words, type, "", fallback, options, false);
    }

    private Object stored(String key) {
        return admin.stored.get(PID).get(key);
    }

    private KnownSetting known(Place place) {
        return settings.known().stream()
                .filter(one -> one.setting().pid().equals(place.pid())
                        && one.setting().key().equals(place.key()))
                .findFirst()
                .orElseThrow();
    }

    private static void await(BooleanSupplier done) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > deadline) throw new AssertionError("it never came to that");
            Thread.sleep(5);
        }
    }

    @Test
    void aValueActsAtOnceIsKeptInTheUsersFileAndRemembered() throws IOException {
        Files.writeString(file, "{\"odd\": 1}");
        Outcome outcome = settings.set(COUNT, "7", "owner");

        assertThat(outcome.effect()).isEqualTo(Effect.NOW);
        assertThat(outcome.setting().setting().source()).isEqualTo(file.toString());
        assertThat(stored("count")).isEqualTo(7);
        assertThat(Files.readString(file)).isEqualTo("{\n  \"odd\": 1,\n  \"count\": 7\n}\n");
        assertThat(settings.history()).singleElement().satisfies(change -> {
            assertThat(change.by()).isEqualTo("owner");
            assertThat(change.before()).isNull();
            assertThat(change.after()).isEqualTo(7);
        });
        assertThat(settings.set(COUNT, 7, "owner").effect()).isEqualTo(Effect.NONE);
        assertThat(settings.history()).hasSize(1);
    }

    @Test
    void whatCannotBeIsRefusedWithTheReasonAndTheOldStays() {
        settings.set(COUNT, 7, "owner");
        for (Object wrong : List.of("many", 1.5, true, 10, -1L << 40, List.of("a"))) {
            assertThatThrownBy(() -> settings.set(COUNT, wrong, "owner"))
                    .isInstanceOfSatisfying(
                            PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INVALID_REQUEST))
                    .hasMessageContaining("0 to 9");
        }
        assertThatThrownBy(() -> settings.set(MODE, "soon", "owner")).hasMessageContaining("one of slow, fast");
        assertThatThrownBy(() -> settings.set(new Place(PID, "cuont"), 1, "owner"))
                .hasMessageContaining("no setting " + PID + " cuont");
        assertThat(stored("count")).isEqualTo(7);
        assertThat(settings.history()).hasSize(1);
    }

    @Test
    void unsettingAndRevertingBringBackWhatWas() {
        settings.set(COUNT, 7, "owner");
        settings.set(COUNT, 8, "owner");
        settings.revert("2", "owner");
        assertThat(stored("count")).isEqualTo(7);
        assertThat(settings.unset(COUNT, "owner").setting().setting().source()).isEqualTo("default");
        assertThat(stored("count")).isEqualTo(5);
        settings.revert(settings.history().getFirst().id(), "owner");
        assertThat(stored("count")).isEqualTo(7);
        assertThatThrownBy(() -> settings.revert("99", "owner")).hasMessageContaining("no change 99");
    }

    @Test
    void whatCountsFromTheNextStartIsSaidToWaitAndWaits() throws IOException {
        Outcome outcome = settings.set(PLACE, "there", "owner");
        assertThat(outcome.effect()).isEqualTo(Effect.NEXT_START);
        assertThat(outcome.note()).contains("next start");
        assertThat(stored("place")).isEqualTo("here");
        assertThat(known(PLACE).setting().value()).isEqualTo("here");
        assertThat(known(PLACE).pending()).isEqualTo("there");
        settings.close();
        settings = started(Map.of());
        assertThat(stored("place")).isEqualTo("there");
        assertThat(known(PLACE).pending()).isNull();
    }

    @Test
    void aVariableOfTheEnvironmentWinsAndThatIsSaid() throws IOException {
        settings.close();
        settings = started(Map.of("PADDOCK_MAX_QUEUE", "3"));
        var queue = new Place("dev.paddock.scheduler", "max.queue");
        Outcome outcome = settings.set(queue, 4, "owner");
        assertThat(outcome.effect()).isEqualTo(Effect.OVERRIDDEN);
        assertThat(outcome.note()).contains("PADDOCK_MAX_QUEUE");
        assertThat(outcome.setting().setting().value()).isEqualTo(3);
        assertThat(admin.stored.get("dev.paddock.scheduler").get("max.queue")).isEqualTo(3);
    }

    @Test
    void anEditedFileIsTakenUpAndWhatIsWrongInItChangesNothing() throws Exception {
        Files.writeString(file, "{\"count\": 7, \"mode\": \"fast\"}");
        await(() -> Integer.valueOf(7).equals(stored("count")));
        assertThat(settings.history())
                .allMatch(change -> change.by().equals("file"))
                .hasSize(2);

        Files.writeString(file, "{\"count\": 8, \"mode\":");
        Thread.sleep(200);
        assertThat(stored("count")).isEqualTo(7);
        Files.writeString(file, "{\"count\": 99, \"mode\": \"slow\"}");
        Thread.sleep(200);
        assertThat(stored("mode")).isEqualTo("fast");
        Files.writeString(file, "{\"count\": \"8\", \"nuoc\": 1, \"mode\": \"slow\"}");
        await(() -> "slow".equals(stored("mode")));
        assertThat(stored("count")).isEqualTo(7);
        assertThat(stored("nuoc")).isNull();

        Files.delete(file);
        await(() -> Integer.valueOf(5).equals(stored("count")));
    }

    @Test
    void aChangeInTheConsoleIsKeptAndOneThatCannotBeIsTakenBack() throws IOException {
        console(Map.of("count", 8L, "mode", "fast", "place", "here", "names", new String[] {"a"}, "secret", ""));
        assertThat(JsonFiles.read(file)).containsEntry("count", 8).containsEntry("mode", "fast");
        assertThat(stored("count")).isEqualTo(8);
        assertThat(settings.history())
                .allMatch(change -> change.by().equals("console"))
                .hasSize(3);

        console(Map.of("count", 99, "mode", "fast", "place", "here", "names", new String[] {"a"}, "secret", ""));
        assertThat(stored("count")).isEqualTo(8);
        assertThat(JsonFiles.read(file)).containsEntry("count", 8);

        admin.getConfiguration(PID, "?").delete();
        told(ConfigurationEvent.CM_DELETED);
        assertThat(stored("count")).isEqualTo(5);
        assertThat(JsonFiles.read(file)).isEmpty();
    }

    private void console(Map<String, Object> properties) throws IOException {
        admin.getConfiguration(PID, "?").update(new Hashtable<>(properties));
        told(ConfigurationEvent.CM_UPDATED);
    }

    private void told(int type) {
        new ConfigAdminWatch(settings)
                .configurationEvent(new ConfigurationEvent(new FakeReference<>(admin), type, null, PID));
    }

    @Test
    void secretsAreNeitherShownNorRememberedNorBroughtBack() throws IOException {
        settings.set(SECRET, "hunter2", "owner");
        assertThat(stored("secret")).isEqualTo("hunter2");
        assertThat(known(SECRET).setting().value()).isEqualTo("***");
        settings.set(MODE, "fast", "owner");
        settings.set(new Place(PID, "names"), "http://me:hunter2@proxy", "owner");
        assertThat((String[]) known(new Place(PID, "names")).setting().value()).containsExactly("http://***@proxy");
        assertThat(Files.readString(directory.resolve("home/" + History.FILE))).doesNotContain("hunter2");
        assertThatThrownBy(() -> settings.revert("1", "owner")).hasMessageContaining("secret");
    }

    @Test
    void oneOfSeveralComesWithItsFirstSettingAndGoesWithItsLast() {
        var port = new Place("dev.paddock.gate~front", "port");
        assertThatThrownBy(() -> settings.set(port, "wide", "owner")).hasMessageContaining("0 to 65535");
        assertThat(settings.set(port, "80", "owner").effect()).isEqualTo(Effect.NOW);
        assertThat(admin.stored.get(port.pid()).get("port")).isEqualTo(80);
        assertThat(known(port).setting().value()).isEqualTo(80);
        settings.unset(port, "owner");
        assertThat(admin.stored).doesNotContainKey(port.pid());
    }
}
