package dev.paddock.itest.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.itest.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import tools.jackson.databind.json.JsonMapper;

/** The files in configs/ against the settings that the bundles declare: same keys, same defaults, all described. */
class SettingsFilesTest {
    private static final Set<String> NUMBERS = Set.of("Integer", "Long", "Double", "Float");
    /** What a number counts, or between which others it lies. */
    private static final Pattern UNIT = Pattern.compile(
            "(?i)\\b(bytes?|tokens?|percent|logarithms|threads|requests?|answers?|models|deaths|entries|elements|tensors"
                    + "|responses|a part of|how many|how often|how deep|[0-9]+ to [0-9]+)\\b");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void everyKeyInAFileIsADeclaredSettingWithThatDefault() throws Exception {
        var declared = declared();
        for (Path file : Layout.configs()) {
            String pid = file.getFileName().toString().replaceAll("\\.json$", "");
            assertThat(declared).containsKey(pid);
            JSON.readTree(Files.readString(file)).properties().forEach(entry -> {
                Element setting = declared.get(pid).get(entry.getKey());
                assertThat(setting).as("%s %s is declared", pid, entry.getKey()).isNotNull();
                String shown =
                        entry.getValue().isArray() ? "" : entry.getValue().asString();
                assertThat(shown).as("%s %s", pid, entry.getKey()).isEqualTo(setting.getAttribute("default"));
            });
        }
    }

    @Test
    void everyDeclaredSettingIsInAFile() throws Exception {
        for (var component : declared().entrySet()) {
            // Of a factory there is one for each that somebody wants.
            if (component.getKey().endsWith("~")) continue;
            Path file = Layout.install().resolve("configs").resolve(component.getKey() + ".json");
            assertThat(file).exists();
            var shown = JSON.readTree(Files.readString(file));
            component.getValue().forEach((key, setting) -> {
                boolean computed = setting.getAttribute("default").isEmpty();
                if (!computed)
                    assertThat(shown.has(key)).as("%s shows %s", file, key).isTrue();
            });
        }
    }

    @Test
    void everySettingIsDescribed() throws Exception {
        declared()
                .forEach((pid, settings) ->
                        settings.forEach((key, setting) -> assertThat(setting.getAttribute("description"))
                                .as("%s %s", pid, key)
                                .hasSizeGreaterThan(15)));
    }

    /** A number is of something, and has bounds; a length of time is written in one way. */
    @Test
    void everyDescriptionSaysTheUnitOrTheRange() throws Exception {
        declared()
                .forEach((pid, settings) -> settings.forEach((key, setting) -> {
                    String description = setting.getAttribute("description");
                    String type = setting.getAttribute("type");
                    if (NUMBERS.contains(type))
                        assertThat(description).as("%s %s", pid, key).containsPattern(UNIT);
                    if (type.equals("String")
                            && setting.getAttribute("default").matches("[0-9]+(ms|s|m|h)")
                            && !setting.getAttribute("cardinality").matches("-?[1-9].*")
                            && !key.equals("runner.heap")
                            && !isSize(description)) {
                        assertThat(description).as("%s %s", pid, key).containsIgnoringCase("duration");
                    }
                }));
    }

    private static boolean isSize(String description) {
        return description.toLowerCase(Locale.ROOT).contains("bytes");
    }

    /** PID to key to its declaration, from the metatype files in our bundles. */
    private static Map<String, Map<String, Element>> declared() throws Exception {
        Map<String, Map<String, Element>> declared = new TreeMap<>();
        for (Path jar : Layout.bundles())
            try (JarFile file = new JarFile(jar.toFile())) {
                for (var entry : file.stream()
                        .filter(e -> e.getName().startsWith("OSGI-INF/metatype/"))
                        .toList())
                    if (entry.getName().endsWith(".xml")) collect(parse(file, entry.getName()), declared);
            }
        return declared;
    }

    private static Document parse(JarFile file, String entry) throws Exception {
        try (var content = file.getInputStream(file.getEntry(entry))) {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(content);
        }
    }

    private static void collect(Document document, Map<String, Map<String, Element>> declared) throws IOException {
        var designates = document.getElementsByTagName("Designate");
        var attributes = document.getElementsByTagName("AD");
        for (int d = 0; d < designates.getLength(); d++) {
            Element designate = (Element) designates.item(d);
            String pid = designate.hasAttribute("factoryPid")
                    ? designate.getAttribute("factoryPid") + "~"
                    : designate.getAttribute("pid");
            var settings = declared.computeIfAbsent(pid, p -> new TreeMap<>());
            for (int a = 0; a < attributes.getLength(); a++) {
                Element setting = (Element) attributes.item(a);
                settings.put(setting.getAttribute("id"), setting);
            }
        }
    }
}
