package dev.paddock.dialect.anthropic;

import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.DialectServlet;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** Says in the API's own form why a path under {@code /v1/messages} has no answer: it does not exist, or not now. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern(AnthropicApi.MESSAGES + "/*")
public final class AnthropicFront extends DialectServlet {
    private static final long serialVersionUID = 1L;
    private static final Set<String> WITH_MODELS = Set.of(AnthropicApi.MESSAGES, AnthropicApi.COUNT);

    /** Needs nothing. */
    @Activate
    public AnthropicFront() {
        super(new AnthropicErrors());
    }

    @Override
    protected void guard(Call call) {
        call.requireKnown();
    }

    @Override
    protected void answer(Call call) throws IOException {
        if (WITH_MODELS.contains(call.path())) throw notNow();
        unknown(call);
    }

    static void unknown(Call call) throws IOException {
        refuse(call, 404, call.path() + " is not a path of this version of Paddock");
    }

    static void wrongMethod(Call call) throws IOException {
        refuse(call, 405, call.path() + " does not take " + call.method());
    }

    private static void refuse(Call call, int status, String message) throws IOException {
        call.json(status, AnthropicErrors.body(status, message, call.id()));
    }
}
