package dev.paddock.prompt.format;

import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ModelSigns;
import org.osgi.service.component.annotations.Component;

/** The fallback for templates that no other format knows: text, and thoughts where the answer begins with them. */
@Component(service = ChatFormat.class, property = "service.ranking:Integer=-1000")
public final class PlainFormat extends MarkedFormat {
    /** A format without state. */
    public PlainFormat() {
        super("plain", Layout.of().thinking(Layout.THINK));
    }

    @Override
    public boolean accepts(ModelSigns signs) {
        return true;
    }
}
