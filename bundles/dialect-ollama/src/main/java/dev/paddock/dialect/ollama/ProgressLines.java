package dev.paddock.dialect.ollama;

import dev.paddock.api.model.Progress;
import dev.paddock.dialect.kit.NdjsonStream;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a client about the steps of a task that goes on when the client is gone. One thread. */
final class ProgressLines implements Consumer<Progress> {
    private static final Logger LOG = LoggerFactory.getLogger(ProgressLines.class);

    private final NdjsonStream lines;
    private boolean gone;

    ProgressLines(NdjsonStream lines) {
        this.lines = lines;
    }

    @Override
    public void accept(Progress progress) {
        if (gone) return;
        try {
            lines.send(json(progress));
        } catch (IOException e) {
            gone = true;
            LOG.debug("the client is gone, the task goes on at step {}", progress.status(), e);
        }
    }

    /** The form that Ollama's clients know: figures only where there are some, and none that is 0. */
    static Map<String, Object> json(Progress progress) {
        Reply reply = new Reply().put("status", progress.status()).some("digest", progress.digest());
        if (progress.total() > 0) reply.put("total", progress.total());
        if (progress.completed() > 0) reply.put("completed", progress.completed());
        return reply.json();
    }
}
