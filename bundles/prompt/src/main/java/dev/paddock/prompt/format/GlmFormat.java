package dev.paddock.prompt.format;

import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ModelSigns;
import org.osgi.service.component.annotations.Component;

/**
 * GLM 4.5 and later and Laguna: {@code
 * <tool_call>NAME\n<arg_key>KEY</arg_key>\n<arg_value>VALUE</arg_value>\n</tool_call>}, from GLM 4.7 on without line
 * breaks; thoughts between {@code <think>} and {@code </think>}. These models now and then leave out {@code <arg_value>}
 * or {@code </arg_value>}. Laguna ends its turn with {@code </assistant>}.
 */
@Component(service = ChatFormat.class)
public final class GlmFormat extends MarkedFormat {
    private static final Layout GLM = Layout.of(TaggedCalls.rows(
                    "",
                    "",
                    new NamedTag("<tool_call>", "", "", "</tool_call>"),
                    new NamedTag("<arg_key>", "</arg_key>", "<arg_value>", "</arg_value>"),
                    TaggedCalls.Lines.NONE))
            .thinking(Layout.THINK);
    private static final Layout LAGUNA = GLM.dropping("</assistant>");

    /** A format without state. */
    public GlmFormat() {
        super("glm", GLM);
    }

    @Override
    Layout layout(ModelSigns signs) {
        return signs.template().text().contains("</assistant>") ? LAGUNA : GLM;
    }

    @Override
    public boolean accepts(ModelSigns signs) {
        return signs.template().text().contains("<arg_key>");
    }
}
