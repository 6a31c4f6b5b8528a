package dev.paddock.dialect.ollama;

import dev.paddock.api.web.OpenToAll;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.DialectServlet;
import dev.paddock.dialect.kit.Router;
import jakarta.servlet.Servlet;
import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.HttpWhiteboardConstants;

/**
 * {@code /}: the words by which clients know that a server is there. The pattern of the root is the empty text, which
 * gets lost in a list of patterns; hence a component of its own.
 */
@Component(service = Servlet.class, property = HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_PATTERN + "=")
@OpenToAll
public final class OllamaRoot extends DialectServlet {
    private static final long serialVersionUID = 1L;

    private final transient Router router =
            new Router().on("GET", "/", OllamaRoot::running).on("HEAD", "/", OllamaRoot::running);

    /** Needs nothing. */
    @Activate
    public OllamaRoot() {
        super(new OllamaErrors());
    }

    @Override
    protected void guard(Call call) {
        // The words are for everybody.
    }

    @Override
    protected void answer(Call call) throws IOException {
        router.answer(call, OllamaFront::unknown);
    }

    private static void running(Call call) throws IOException {
        call.text(200, "Ollama is running");
    }
}
