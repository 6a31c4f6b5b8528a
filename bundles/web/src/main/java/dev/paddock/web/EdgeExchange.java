package dev.paddock.web;

import dev.paddock.api.security.Identity;
import dev.paddock.api.web.Exchange;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** What the edge knows about one request. */
record EdgeExchange(
        String requestId,
        Identity identity,
        long bodyLimit,
        Duration pingInterval,
        ConnectionWatcher watcher,
        HttpServletRequest request)
        implements Exchange {
    @Override
    public Watch onDisconnect(Runnable gone) {
        return watcher.watch(request, gone);
    }

    @Override
    public void cut(String why) {
        ServletContextRequest.getServletContextRequest(request)
                .getServletChannel()
                .abort(new IOException(why));
    }
}
