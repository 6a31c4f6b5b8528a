package dev.paddock.dialect.openai;

import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.DialectServlet;
import dev.paddock.dialect.openai.shared.Envelope;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** Says in the API's own form why a path under {@code /v1} has no answer: it does not exist, or not now. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/v1/*")
public final class OpenAiFront extends DialectServlet {
    private static final long serialVersionUID = 1L;
    private static final Set<String> WITH_MODELS =
            Set.of(OpenAiApi.CHAT, OpenAiApi.COMPLETIONS, OpenAiApi.EMBEDDINGS, OpenAiApi.RERANK);
    private static final Set<String> BELOW = Set.of(OpenAiApi.MODELS, OpenAiApi.RESPONSES, "/v1/files", "/v1/batches");

    /** Needs nothing. */
    @Activate
    public OpenAiFront() {
        super(new Envelope());
    }

    @Override
    protected void guard(Call call) {
        call.requireKnown();
    }

    @Override
    protected void answer(Call call) throws IOException {
        String path = call.path();
        boolean below = BELOW.stream().anyMatch(known -> under(known, path));
        if (WITH_MODELS.contains(path) || BELOW.contains(path) || below) throw notNow();
        Envelope.unknown(call);
    }

    private static boolean under(String route, String path) {
        return path.startsWith(route + "/");
    }
}
