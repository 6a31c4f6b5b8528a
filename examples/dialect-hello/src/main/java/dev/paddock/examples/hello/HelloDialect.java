package dev.paddock.examples.hello;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.AnswerForm;
import dev.paddock.api.inference.ChatEvent;
import dev.paddock.api.inference.ChatRequest;
import dev.paddock.api.inference.InferenceService;
import dev.paddock.api.model.Options;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.security.Asker;
import dev.paddock.dialect.kit.Answer;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.DialectServlet;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.NdjsonStream;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** {@code POST /hello} with {@code {"model": ..., "text": ...}}: the answer comes in lines of JSON. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/hello")
public final class HelloDialect extends DialectServlet {
    private static final long serialVersionUID = 1L;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final transient InferenceService inference;

    /** @param inference what answers; without it the route is not there */
    @Activate
    public HelloDialect(@Reference InferenceService inference) {
        super((status, message) -> Map.of("error", message));
        this.inference = inference;
    }

    @Override
    protected void answer(Call call) throws IOException {
        Fields body = call.body().orElseThrow(() -> new PaddockException(Fault.INVALID_REQUEST, "a body is needed"));
        ChatRequest request = request(body);
        Asker asker = call.asker(body);
        call.ignored(body.unread());
        try (Answer answer = call.open(() -> inference.chat(request, asker))) {
            NdjsonStream lines = call.ndjson();
            while (answer.hasNext()) {
                switch (answer.next()) {
                    case ChatEvent.Delta(OutputPiece.Content(String text)) -> lines.send(Map.of("text", text));
                    case ChatEvent.Done done -> lines.send(Map.of("end", done.reason()));
                    default -> {} // thoughts and calls, which nobody asked for
                }
            }
        }
    }

    private static ChatRequest request(Fields body) {
        String model = body.text("model").orElseThrow(() -> body.wrong("model", "the name of an installed model"));
        String text = body.text("text").orElseThrow(() -> body.wrong("text", "a string"));
        List<Message> said = List.of(new Message(Role.USER, text));
        return new ChatRequest(model, said, List.of(), Think.OFF, AnswerForm.FREE, Options.NONE, Optional.empty());
    }

    /** Called when the bundle goes: new requests are refused, running answers have ten seconds to end. */
    @Deactivate
    public void stop() {
        drain(PATIENCE);
    }
}
