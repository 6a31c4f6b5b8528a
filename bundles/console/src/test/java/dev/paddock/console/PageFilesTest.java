package dev.paddock.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page's files, read as a browser would. */
class PageFilesTest {
    private static String read(String name) {
        return new String(PageFile.read(name).content(), StandardCharsets.UTF_8);
    }

    @Test
    void everyFileIsServedAndEveryServedNameIsAFile() throws Exception {
        try (var files = Files.list(Path.of(PageFile.class.getResource("page").toURI()))) {
            var there = files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
            there.remove("index.html");
            assertThat(ConsolePage.NAMES).containsExactlyInAnyOrderElementsOf(there);
        }
    }

    @Test
    void scriptsImportWhatIsServedAndEachFileIsUsed() {
        var used = new TreeSet<String>();
        var wanted = Pattern.compile("(?:from '\\./|paddock/)([a-z]+\\.[a-z]+)['\"]");
        wanted.matcher(read("index.html")).results().forEach(match -> used.add(match.group(1)));
        for (String name : ConsolePage.NAMES)
            if (name.endsWith(".js")) wanted.matcher(read(name)).results().forEach(match -> used.add(match.group(1)));
        assertThat(used).containsExactlyInAnyOrderElementsOf(ConsolePage.NAMES);
    }

    @Test
    void nothingIsWrittenAsMarkupAndNothingIsInline() {
        for (String name : ConsolePage.NAMES)
            assertThat(read(name))
                    .as(name)
                    .doesNotContain("innerHTML =", "insertAdjacentHTML", "eval(", "new Function", "document.write");
        assertThat(read("index.html")).doesNotContain("<script>", "style=", " onclick", "http://", "https://");
        assertThat(PageFile.POLICY).doesNotContain("unsafe").contains("frame-ancestors 'none'");
    }
}
