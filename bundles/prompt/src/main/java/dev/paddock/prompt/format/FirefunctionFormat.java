package dev.paddock.prompt.format;

import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.Tool;
import dev.paddock.prompt.json.JsonText;
import org.osgi.service.component.annotations.Component;

/** Fireworks' Firefunction v2: {@code functools[{"name": "f", "arguments": {...}}]}. */
@Component(service = ChatFormat.class)
public final class FirefunctionFormat extends MarkedFormat {
    private static final String CALL = "functools";

    /** A format without state. */
    public FirefunctionFormat() {
        super("firefunction", Layout.of(new JsonCalls(CALL, "", true, CallObject.Keys.USUAL)));
    }

    @Override
    public boolean accepts(ModelSigns signs) {
        return signs.template().text().contains(CALL + "[");
    }

    /** Its template takes the tools as JSON text by a name of its own. */
    @Override
    public PromptInput prepare(ModelSigns signs, PromptInput input) {
        String functions = input.tools().isEmpty()
                ? ""
                : JsonText.of(input.tools().stream().map(Tool::definition).toList());
        return with("functions", functions, input);
    }
}
