package dev.paddock.prompt.format;

import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ModelSigns;
import java.util.List;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Component;

/** Functionary 3.1: {@code <function=f>{...}</function>}, and {@code <|python_tag|>} before code. */
@Component(service = ChatFormat.class)
public final class Functionary31Format extends MarkedFormat {
    static final NamedCalls CALLS = new NamedCalls(
            "<function=",
            List.of(Pattern.compile("\\s*(?<name>[^<>{}\"\\s]+)\\s*>\\s*")),
            List.of("</function>"),
            new NamedCalls.Written("NAME \">\"", "</function>"));

    /** A format without state. */
    public Functionary31Format() {
        super("functionary-3.1", Layout.of(CALLS, new CodeCalls("<|python_tag|>", "")));
    }

    /** Qwen3-Coder and others use the same tag around tagged arguments. */
    @Override
    public boolean accepts(ModelSigns signs) {
        String text = signs.template().text();
        return text.contains("<function=") && text.contains("</function>") && !text.contains("<parameter=");
    }
}
