package dev.paddock.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFilesTest {
    @TempDir
    Path directory;

    private final List<String> complaints = new ArrayList<>();

    private List<Setting> read() {
        return new JsonFiles(directory, complaints::add).settings();
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    @Test
    void everyKindOfValueIsRead() throws IOException {
        file("a.b.json", """
                {"text": "5m", "int": 3, "long": 3000000000, "number": 0.5, "yes": true, "none": null, "list": ["a", "b"]}
                """);
        assertThat(read())
                .extracting(Setting::value)
                .containsExactly("5m", 3, 3_000_000_000L, 0.5, true, null, new String[] {"a", "b"});
        assertThat(read()).allSatisfy(setting -> {
            assertThat(setting.pid()).isEqualTo("a.b");
            assertThat(setting.source()).endsWith("a.b.json");
        });
        assertThat(complaints).isEmpty();
    }

    @Test
    void aBrokenFileIsNamedWithLineAndColumnAndTheOthersCount() throws IOException {
        file("a.json", "{\n  \"x\": 1,,\n}");
        file("b.json", "{\"y\": 2}");
        assertThat(read()).extracting(Setting::key).containsExactly("y");
        assertThat(complaints).singleElement().asString().contains("a.json, line 2, column ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "3",
                "{\"a\":{}}",
                "{\"a\":[1]}",
                "{\"a\":[[]]}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1} x",
                "{\"a\":1",
                "{\"a\":99999999999999999999}",
                "{\"a\":[\"x\"",
            })
    void whatIsNoFlatObjectIsComplainedOf(String text) throws IOException {
        file("a.json", text);
        assertThat(read()).isEmpty();
        assertThat(complaints).singleElement().asString().contains("a.json");
    }

    @Test
    void oddNamesAndHugeFilesAreRefused() throws IOException {
        file("a b.json", "{\"x\":1}");
        file("big.json", " ".repeat((1 << 20) + 1));
        file("notes.txt", "no JSON");
        assertThat(read()).isEmpty();
        assertThat(complaints).hasSize(2);
    }

    @Test
    void noDirectoryMeansNoSettings() {
        assertThat(new JsonFiles(directory.resolve("absent"), complaints::add).settings())
                .isEmpty();
        assertThat(complaints).isEmpty();
    }
}
