package dev.paddock.prompt.format;

import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ModelSigns;
import java.util.List;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Component;

/**
 * Functionary 3.2: {@code >>>f}, a line break, {@code {...}}, and {@code all} for the tool's name before text; the prompt
 * ends with the first {@code >>>}. Code for the tool {@code python} stands there as it is.
 */
@Component(service = ChatFormat.class)
public final class Functionary32Format extends AddressedFormat {
    private static final String ADDRESS = ">>>";
    private static final Pattern HEADER = Pattern.compile("(?<name>[^<>{}\"\\s]+)\n\\s*");

    /** A format without state. */
    public Functionary32Format() {
        super("functionary-3.2", calls(), "all\n", "\n");
    }

    private static NamedCalls calls() {
        var written = new NamedCalls.Written("NAME \"\\n\"", "");
        return new NamedCalls(ADDRESS, List.of(HEADER), List.of(), written);
    }

    @Override
    public boolean accepts(ModelSigns signs) {
        String text = signs.template().text();
        return text.contains(">>>all") || text.contains("recipient==all");
    }
}
