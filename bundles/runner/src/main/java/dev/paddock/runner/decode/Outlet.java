package dev.paddock.runner.decode;

import dev.paddock.runner.protocol.Message;
import java.io.IOException;

/** Where answers go. Must not wait for the reader. */
@FunctionalInterface
public interface Outlet {
    void send(Message.FromRunner message) throws IOException;
}
