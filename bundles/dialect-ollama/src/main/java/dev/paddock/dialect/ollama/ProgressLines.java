package dev.paddock.dialect.ollama;

import dev.paddock.dialect.kit.NdjsonStream;
import java.io.IOException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a client about the steps of a task that goes on when the client is gone. One thread. */
final class ProgressLines implements Consumer<String> {
    private static final Logger LOG = LoggerFactory.getLogger(ProgressLines.class);

    private final NdjsonStream lines;
    private boolean gone;

    ProgressLines(NdjsonStream lines) {
        this.lines = lines;
    }

    @Override
    public void accept(String step) {
        if (gone) return;
        try {
            lines.send(CreateRoute.status(step));
        } catch (IOException e) {
            gone = true;
            LOG.debug("the client is gone, the task goes on at step {}", step, e);
        }
    }
}
