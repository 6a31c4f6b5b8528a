package dev.paddock.prompt.format;

import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ModelSigns;
import org.osgi.service.component.annotations.Component;

/**
 * OLMo 3: {@code <function_calls>f(a="x", n=2)\ng()</function_calls>} with JSON's words, thoughts between {@code <think>},
 * which the prompt of the Think models opens, and {@code </think>}.
 */
@Component(service = ChatFormat.class)
public final class Olmo3Format extends MarkedFormat {
    private static final String CALLS = "<function_calls>";

    /** A format without state. */
    public Olmo3Format() {
        super(
                "olmo3",
                Layout.of(new PythonCalls(CALLS, "</function_calls>", PythonCalls.Style.LINES))
                        .thinking(Layout.THINK));
    }

    /** Others write tags inside of the same mark. */
    @Override
    public boolean accepts(ModelSigns signs) {
        String text = signs.template().text();
        return text.contains(CALLS) && !text.contains("<invoke");
    }
}
