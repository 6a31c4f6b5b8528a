package dev.paddock.engine;

import dev.paddock.runner.protocol.Connection;
import dev.paddock.runner.protocol.Message;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What holds on to a runner: its process, the way to it and the one who watches.
 *
 * @param process the process
 * @param connection its only connection
 * @param watchdog told of every sign of life
 */
record RunnerLink(RunnerProcess process, Connection connection, Watchdog watchdog) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("dev.paddock.engine.runner");

    /** A line of the runner's log becomes one of ours and may become one of its last words. */
    void log(Message.Log line) {
        process.tail().add(line.text());
        switch (line.level()) {
            case INFO -> LOG.debug("[{}] {}", process.pid(), line.text());
            case WARN -> LOG.warn("[{}] {}", process.pid(), line.text());
            case ERROR -> LOG.error("[{}] {}", process.pid(), line.text());
        }
    }

    /** Lets go of all of it; the process is killed if it still lives. */
    @Override
    public void close() {
        watchdog.close();
        try {
            connection.close();
        } catch (IOException e) {
            LOG.debug("[{}] closing its connection: {}", process.pid(), e.toString());
        }
        process.close();
    }
}
