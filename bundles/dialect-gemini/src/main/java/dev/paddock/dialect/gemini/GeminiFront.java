package dev.paddock.dialect.gemini;

import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.DialectServlet;
import jakarta.servlet.Servlet;
import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** Says in the API's own form why a path under {@code /v1beta} has no answer: it does not exist, or not now. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/v1beta/*")
public final class GeminiFront extends DialectServlet {
    private static final long serialVersionUID = 1L;

    /** Needs nothing. */
    @Activate
    public GeminiFront() {
        super(new GeminiErrors());
    }

    @Override
    protected void guard(Call call) {
        call.requireKnown();
    }

    @Override
    protected void answer(Call call) throws IOException {
        if (call.path().startsWith(GeminiApi.MODELS)) throw notNow();
        unknown(call);
    }

    static void unknown(Call call) throws IOException {
        call.json(404, new GeminiErrors().body(404, call.path() + " is not a path of this version of Paddock"));
    }

    static void wrongMethod(Call call) throws IOException {
        call.json(405, new GeminiErrors().body(405, call.path() + " does not take " + call.method()));
    }
}
