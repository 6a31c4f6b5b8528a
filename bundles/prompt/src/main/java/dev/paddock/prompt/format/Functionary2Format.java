package dev.paddock.prompt.format;

import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ModelSigns;
import java.util.List;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Component;

/**
 * Functionary up to 2.5: {@code <|recipient|>f}, a line break, {@code <|content|>{...}}, and {@code all} for the tool's
 * name before text; several messages with {@code <|from|>assistant} between them.
 */
@Component(service = ChatFormat.class)
public final class Functionary2Format extends AddressedFormat {
    private static final String RECIPIENT = "<|recipient|>";
    private static final String CONTENT = "\n<|content|>";
    private static final String FROM = "<|from|>assistant";
    private static final Pattern HEADER = Pattern.compile("\\s*(?<name>[^<>{}\"\\s]+)\\s*<\\|content\\|>\\s*");

    /** A format without state. */
    public Functionary2Format() {
        super("functionary-2", calls(), "all" + CONTENT, CONTENT, FROM);
    }

    private static NamedCalls calls() {
        String head = "NAME \"\\n<|content|>\"";
        List<String> marks = List.of("<|content|>", "<|from|>");
        var written = new NamedCalls.Written("", head, "", "\n" + FROM + "\n", "", marks);
        return new NamedCalls(RECIPIENT, List.of(HEADER), List.of(), written);
    }

    @Override
    public boolean accepts(ModelSigns signs) {
        return signs.template().text().contains(RECIPIENT);
    }
}
