package dev.paddock.itest.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.web.OpenToAll;
import dev.paddock.itest.Layout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What everybody may ask without a key is a short list, read off the components that were built. */
class OpenRoutesTest {
    private static final String SERVLET = "interface=\"jakarta.servlet.Servlet\"";

    @Test
    void onlyTheseServletsAreOpenToAll() throws IOException {
        Set<String> open = new TreeSet<>();
        for (Path jar : Stream.concat(Layout.bundles().stream(), Layout.plugins().stream())
                .toList()) {
            for (String component : components(jar)) {
                if (component.contains(SERVLET) && component.contains("\"" + OpenToAll.PROPERTY + "\""))
                    open.add(component.replaceAll("(?s).*implementation class=\"[^\"]*\\.([^\".]+)\".*", "$1"));
            }
        }
        assertThat(open)
                .containsExactly("ChatFiles", "ChatPage", "Healthz", "Livez", "OllamaRoot", "Readyz", "UnknownPath");
    }

    private static Set<String> components(Path jar) throws IOException {
        Set<String> texts = new TreeSet<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (var entry : file.stream()
                    .filter(e ->
                            e.getName().startsWith("OSGI-INF/") && e.getName().endsWith(".xml"))
                    .toList()) texts.add(new String(file.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
        }
        return texts;
    }
}
