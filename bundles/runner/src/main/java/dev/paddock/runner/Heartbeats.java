package dev.paddock.runner;

import dev.paddock.runner.protocol.Connection;
import dev.paddock.runner.protocol.Message;
import java.io.IOException;
import java.util.function.Supplier;

/** Tells the parent how far the runner is: four times a second while that changes, every two seconds otherwise. */
final class Heartbeats {
    private static final long INTERVAL_MILLIS = 250;
    private static final int IDLE_INTERVALS = 8;

    private Heartbeats() {}

    static void start(Supplier<Message.Heartbeat> status, Connection connection) {
        Thread.ofPlatform().daemon().name("heartbeat").start(() -> beat(status, connection));
    }

    private static void beat(Supplier<Message.Heartbeat> status, Connection connection) {
        Message.Heartbeat last = null;
        int silent = 0;
        try {
            while (true) {
                Message.Heartbeat now = status.get();
                silent++;
                if (!now.equals(last) || silent >= IDLE_INTERVALS) {
                    connection.send(now);
                    last = now;
                    silent = 0;
                }
                Thread.sleep(INTERVAL_MILLIS);
            }
        } catch (IOException | InterruptedException e) {
            // The connection has ended, and with it this process.
            return;
        }
    }
}
