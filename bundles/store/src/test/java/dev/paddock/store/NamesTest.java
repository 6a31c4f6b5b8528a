package dev.paddock.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.ModelName;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The grammar of names and the rules for their case (specification 4.4 and 13.2, 9). */
class NamesTest {
    @TempDir
    Path dir;

    @ParameterizedTest
    @CsvSource({
        "m, registry.ollama.ai/library/m:latest, m:latest",
        "m:t, registry.ollama.ai/library/m:t, m:t",
        "a/b:c, registry.ollama.ai/a/b:c, a/b:c",
        "a/b, registry.ollama.ai/a/b:latest, a/b:latest",
        "h/a/b:c, h/a/b:c, h/a/b:c",
        "h:5/a/b, h:5/a/b:latest, h:5/a/b:latest",
        "localhost:5000/ns/m:x, localhost:5000/ns/m:x, localhost:5000/ns/m:x",
        "https://h/a/b:c, h/a/b:c, h/a/b:c",
        "' m ', registry.ollama.ai/library/m:latest, m:latest",
        "hf.co/user/repo:Q4_K_M, hf.co/user/repo:Q4_K_M, hf.co/user/repo:Q4_K_M",
        "registry.ollama.ai/library/m, registry.ollama.ai/library/m:latest, m:latest",
        "REGISTRY.ollama.ai/LIBRARY/M:T, REGISTRY.ollama.ai/LIBRARY/M:T, M:T",
        "_a/_b:_c, registry.ollama.ai/_a/_b:_c, _a/_b:_c",
        "m.v1-x:1.5-b, registry.ollama.ai/library/m.v1-x:1.5-b, m.v1-x:1.5-b",
    })
    void validNamesAreReadAndShown(String text, String full, String display) {
        assertThat(ModelName.parse(text).full()).isEqualTo(full);
        assertThat(ModelName.parse(text).display()).isEqualTo(display);
    }

    static Stream<String> invalid() {
        String hex = "0".repeat(64);
        String long81 = "a".repeat(81);
        return Stream.concat(malformed(hex, long81), traversing(hex));
    }

    private static Stream<String> malformed(String hex, String long81) {
        return Stream.of(
                "",
                " ",
                ":",
                "/",
                "h:5/m",
                "a/b/c/d",
                "m:",
                "/m",
                "a//b",
                "a/",
                "//",
                "-m",
                ".m",
                "m:-t",
                "m:.t",
                "m@sha256:" + hex,
                "m@t",
                long81,
                "a/" + long81,
                long81 + "/m",
                "m:" + long81,
                "h".repeat(351) + "/a/b");
    }

    private static Stream<String> traversing(String hex) {
        return Stream.of(
                "..",
                "../m",
                "a/..",
                "../../etc/passwd",
                "..:..",
                "h/../m",
                "h/a/..",
                "h/a/m:..",
                "m:../../x",
                "m\\..\\x",
                "a\\b",
                "m\u0000",
                "m\nx",
                "m t",
                "é",
                "m%2e%2e",
                "a.b/m",
                "sha256:" + hex + "/..",
                "~/m",
                "$HOME/m",
                "C:\\m",
                "\u202em",
                "m:t:u",
                "a:b/c");
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void invalidNamesAreRefused(String text) {
        assertThatThrownBy(() -> ModelName.parse(text))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INVALID_REQUEST));
    }

    @Test
    void theLongestPartsAreAllowed() {
        String name = "h".repeat(350) + "/" + "n".repeat(80) + "/" + "m".repeat(80) + ":" + "t".repeat(80);
        assertThat(ModelName.parse(name).full()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        // there, asked for, spelled
        "m, M, m:latest",
        "Mixed/Case:Tag, mixed/case:TAG, Mixed/Case:Tag",
        "hf.co/User/Repo:Q4_K_M, HF.CO/user/REPO:q4_k_m, hf.co/User/Repo:Q4_K_M",
        "Mixed/one, mixed/Two, Mixed/Two:latest",
        "m:Q4, M:q8, m:q8",
        "hf.co/User/Repo:Q4, user/other, User/other:latest",
        "hf.co/x/Llama:Q4, ns/llama:q4, ns/Llama:Q4",
        "one, two, two:latest",
        "one, TWO:New, TWO:New",
    })
    void newNamesTakeTheSpellingOfPartsThatAreThere(String there, String asked, String spelled) throws Exception {
        var store = new TestStore(dir.resolve("s"));
        store.create(there, "one");
        assertThat(store.shelf.tree().spelling(ModelName.parse(asked)).display())
                .isEqualTo(spelled);
        store.create(asked, "two");
        boolean same = ModelName.parse(there).matches(ModelName.parse(asked));
        assertThat(store.shelf.list()).hasSize(same ? 1 : 2);
        for (String name : List.of(asked, asked.toUpperCase(java.util.Locale.ROOT))) {
            assertThat(store.shelf
                            .find(ModelName.parse(name))
                            .orElseThrow()
                            .name()
                            .display())
                    .isEqualTo(spelled);
        }
    }

    @Test
    void ofTwoSpellingsTheOneInTheSamePlaceIsTaken() throws Exception {
        var store = new TestStore(dir);
        for (String name : List.of("h/User/a", "i/USER/a", "USEr/a")) {
            var file = dir.resolve("manifests")
                    .resolve(name.startsWith("USEr") ? "registry.ollama.ai/USEr/a/latest" : name + "/latest");
            java.nio.file.Files.createDirectories(file.getParent());
            java.nio.file.Files.writeString(file, "{}");
        }
        var tree = store.shelf.tree();
        assertThat(tree.spelling(ModelName.parse("i/user/b")).full()).isEqualTo("i/USER/b:latest");
        assertThat(tree.spelling(ModelName.parse("h/user/b")).full()).isEqualTo("h/User/b:latest");
        assertThat(tree.spelling(ModelName.parse("user/b")).display()).isEqualTo("USEr/b:latest");
        assertThat(tree.spelling(ModelName.parse("new/user/b")).full())
                .as("the first of all")
                .isEqualTo("new/USER/b:latest");
        assertThat(tree.spelling(ModelName.parse("new/User/b")).full())
                .as("the exact one")
                .isEqualTo("new/User/b:latest");
    }
}
