package dev.paddock.prompt.format;

import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ModelSigns;
import org.osgi.service.component.annotations.Component;

/**
 * FunctionGemma: {@code <start_function_call>call:f{text:<escape>of any kind<escape>,n:2}<end_function_call>}, no
 * thoughts.
 */
@Component(service = ChatFormat.class)
public final class FunctionGemmaFormat extends MarkedFormat {
    private static final String CALL = "<start_function_call>";

    /** A format without state. */
    public FunctionGemmaFormat() {
        super("functiongemma", Layout.of(new GemmaCalls(CALL, "<end_function_call>", "<escape>")));
    }

    @Override
    public boolean accepts(ModelSigns signs) {
        return signs.template().text().contains(CALL);
    }
}
