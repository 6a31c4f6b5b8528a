package dev.paddock.prompt.format;

import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ModelSigns;
import org.osgi.service.component.annotations.Component;

/**
 * NVIDIA's Nemotron Nano 2: {@code <TOOLCALL>[{"name": "f", "arguments": {...}}]</TOOLCALL>}, thoughts between
 * {@code <think>} and {@code </think>}.
 */
@Component(service = ChatFormat.class)
public final class NemotronFormat extends MarkedFormat {
    private static final String CALL = "<TOOLCALL>";

    /** A format without state. */
    public NemotronFormat() {
        super(
                "nemotron",
                Layout.of(new JsonCalls(CALL, "</TOOLCALL>", true, CallObject.Keys.USUAL))
                        .thinking(Layout.THINK));
    }

    @Override
    public boolean accepts(ModelSigns signs) {
        return signs.template().text().contains(CALL);
    }
}
