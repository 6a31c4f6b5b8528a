package dev.paddock.prompt.format;

import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ModelSigns;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * Sber's GigaChat 3: {@code <|message_sep|>}, an empty line, {@code function call<|role_sep|>}, a line break and
 * {@code {"name": "f", "arguments": {...}}}; GigaChat 3.1: {@code <|function_call|>{"name": "f", "arguments": {...}}}.
 */
@Component(service = ChatFormat.class)
public final class GigaChatFormat extends MarkedFormat {
    private static final String MESSAGE = "<|message_sep|>";
    private static final String ROLE = "<|role_sep|>";
    private static final String CALL = "<|function_call|>";
    private static final JsonCalls MARKED = calls(CALL);
    private static final JsonCalls SPOKEN = calls(MESSAGE + "\n\nfunction call" + ROLE + "\n");
    private static final JsonCalls UNSEPARATED = calls("function call" + ROLE + "\n");
    private static final Layout NEW = Layout.of(MARKED, SPOKEN, UNSEPARATED).dropping(MESSAGE);
    private static final Layout OLD = Layout.of(SPOKEN, MARKED, UNSEPARATED).dropping(MESSAGE);

    /** A format without state. */
    public GigaChatFormat() {
        super("gigachat", NEW);
    }

    private static JsonCalls calls(String opening) {
        return new JsonCalls(opening, "", false, CallObject.Keys.USUAL);
    }

    @Override
    Layout layout(ModelSigns signs) {
        return signs.template().text().contains(CALL) ? NEW : OLD;
    }

    @Override
    public boolean accepts(ModelSigns signs) {
        return signs.template().text().contains(ROLE) && signs.template().text().contains(MESSAGE);
    }

    @Override
    public Set<String> markers() {
        return Set.copyOf(List.of(MESSAGE, ROLE, CALL));
    }
}
