package dev.paddock.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayeredSettingsTest {
    private static final String SCHEDULER = "dev.paddock.scheduler";

    @TempDir
    Path directory;

    private final FakeConfigurationAdmin admin = new FakeConfigurationAdmin();
    private Path install;
    private Path home;

    @BeforeEach
    void directories() throws IOException {
        install = directory.resolve("install");
        home = directory.resolve("home");
        file(install, SCHEDULER, "{\"keep.alive\": \"5m\", \"max.queue\": 512, \"parallel\": 4}");
    }

    private static void file(Path root, String pid, String text) throws IOException {
        Files.createDirectories(root.resolve("configs"));
        Files.writeString(root.resolve("configs").resolve(pid + ".json"), text);
    }

    private LayeredSettings settings(Map<String, String> variables) throws IOException {
        return with(new LayeredSettings.Places(Optional.of(install), Optional.of(home), variables));
    }

    private LayeredSettings with(LayeredSettings.Places places) throws IOException {
        var rules = new LayeredSettings.Rules((_, _) -> {}, () -> Declarations.NONE, Duration.ofHours(1));
        var settings = new LayeredSettings(admin, places, rules);
        settings.close();
        return settings;
    }

    private Object value(String pid, String key) {
        return admin.stored.get(pid).get(key);
    }

    @Test
    void theEnvironmentWinsOverTheUsersFilesAndThoseOverTheShippedOnes() throws IOException {
        file(home, SCHEDULER, "{\"keep.alive\": \"1h\", \"max.queue\": 9}");
        var settings = settings(Map.of("PADDOCK_KEEP_ALIVE", "30"));

        assertThat(value(SCHEDULER, "keep.alive")).isEqualTo("30s");
        assertThat(value(SCHEDULER, "max.queue")).isEqualTo(9);
        assertThat(value(SCHEDULER, "parallel")).isEqualTo(4);
        assertThat(settings.all())
                .filteredOn(setting -> setting.pid().equals(SCHEDULER))
                .extracting(Setting::source)
                .satisfiesExactly(
                        source -> assertThat(source).isEqualTo("PADDOCK_KEEP_ALIVE"),
                        source -> assertThat(source).startsWith(home.toString()),
                        source -> assertThat(source).startsWith(install.toString()));
        assertThat(settings.home()).isEqualTo(home);
    }

    @Test
    void httpListensOnLoopbackWithoutAnyConfiguration() throws IOException {
        settings(Map.of());
        assertThat(value("org.apache.felix.http", "org.apache.felix.http.host")).isEqualTo("127.0.0.1");
        assertThat(value("org.apache.felix.http", "org.osgi.service.http.port")).isEqualTo(11434);
        assertThat(value("org.apache.felix.http", "org.apache.felix.http.jetty.requestSizeLimit"))
                .isEqualTo(-1);
    }

    @Test
    void theSecondStartWritesNothing() throws IOException {
        settings(Map.of("PADDOCK_KEEP_ALIVE", "30"));
        int writes = admin.writes;
        settings(Map.of("PADDOCK_KEEP_ALIVE", "30"));
        assertThat(admin.writes).isEqualTo(writes);
    }

    @Test
    void aFileThatIsGoneTakesItsConfigurationWithItAndForeignOnesStay() throws IOException {
        admin.getConfiguration("somebody.else", "?").update(new java.util.Hashtable<>(Map.of("a", "b")));
        file(home, "my.factory~one", "{\"a\": 1}");
        settings(Map.of());
        assertThat(admin.stored).containsKey("my.factory~one");
        Files.delete(home.resolve("configs/my.factory~one.json"));
        settings(Map.of());
        assertThat(admin.stored).containsOnlyKeys(SCHEDULER, "org.apache.felix.http", "somebody.else");
    }

    @Test
    void whatIsBrokenOrUnknownNeverStopsTheStart() throws IOException {
        file(home, SCHEDULER, "{\"keep.alive\": 5, \"max.queu\": 1, \"parallel\": 2}");
        file(home, "dev.paddock.web", "{broken");
        settings(Map.of("OLLAMA_NUM_PARALLEL", "many"));
        assertThat(value(SCHEDULER, "keep.alive")).isEqualTo("5m");
        assertThat(value(SCHEDULER, "parallel")).isEqualTo(2);
        assertThat(value(SCHEDULER, "max.queu")).isNull();
    }

    @Test
    void nullTakesAShippedValueAway() throws IOException {
        file(home, SCHEDULER, "{\"max.queue\": null}");
        settings(Map.of());
        assertThat(value(SCHEDULER, "max.queue")).isNull();
    }

    @Test
    void theHomeIsFoundByVariableOrInTheUsersOwn() throws IOException {
        var said = with(new LayeredSettings.Places(
                Optional.empty(), Optional.empty(), Map.of("PADDOCK_HOME", home.toString())));
        assertThat(said.home()).isEqualTo(home);
    }
}
