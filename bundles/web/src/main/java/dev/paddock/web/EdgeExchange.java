package dev.paddock.web;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.security.Identity;
import dev.paddock.api.security.Keys;
import dev.paddock.api.security.Scope;
import dev.paddock.api.web.Exchange;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** What the edge knows about one request. Used by the request's own thread, but for the watch. */
final class EdgeExchange implements Exchange, AutoCloseable {
    /**
     * What the edge brings to all of them.
     *
     * @param password of the server's owner
     * @param guesses counts who shows other ones
     */
    record Rules(
            long bodyLimit,
            Duration pingInterval,
            ConnectionWatcher watcher,
            OwnersPassword password,
            WrongKeys guesses) {}

    private final Rules rules;
    private final String id;
    private final Caller caller;
    private final Keys keys;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private Keys.Use use;

    /** @param keys null while there are none to be had */
    EdgeExchange(
            Rules rules,
            String id,
            Caller caller,
            Keys keys,
            HttpServletRequest request,
            HttpServletResponse response) {
        this.rules = rules;
        this.id = id;
        this.caller = caller;
        this.keys = keys;
        this.request = request;
        this.response = response;
    }

    @Override
    public String requestId() {
        return id;
    }

    @Override
    public Identity identity() {
        return caller.identity();
    }

    @Override
    public void requireKnown() {
        if (caller.refusal().isEmpty()) return;
        PaddockException refusal = caller.refusal().get();
        if (refusal.fault() == Fault.UNAUTHENTICATED) response.setHeader("WWW-Authenticate", "Bearer");
        throw refusal;
    }

    @Override
    public void require(Scope scope) {
        if (scope == Scope.ADMIN && owner()) return;
        requireKnown();
        if (!identity().has(scope)) throw forbidden(scope);
        if (scope == Scope.INFER && use == null && keys != null) use = keys.begin(identity());
    }

    /** Whoever shows the owner's password, on this machine only; guesses are counted. */
    private boolean owner() {
        var shown = Credentials.bearer(request);
        if (!caller.local() || shown.isEmpty() || identity().has(Scope.ADMIN)) return false;
        rules.guesses().check(caller.address());
        if (rules.password().is(shown)) return true;
        rules.guesses().add(caller.address());
        return false;
    }

    private PaddockException forbidden(Scope scope) {
        String message = scope == Scope.ADMIN
                ? "this is for the server's owner only: send the password in the file " + OwnersPassword.FILE
                        + " of its home as Authorization: Bearer from its own machine, as the command paddock does, or a"
                        + " key with the scope admin"
                : identity().name() + " lacks the scope " + scope.text() + " that this needs";
        return new PaddockException(Fault.FORBIDDEN, message);
    }

    /** The request has its answer. */
    @Override
    public void close() {
        if (use != null) use.close();
    }

    @Override
    public long bodyLimit() {
        return rules.bodyLimit();
    }

    @Override
    public Duration pingInterval() {
        return rules.pingInterval();
    }

    @Override
    public Watch onDisconnect(Runnable gone) {
        return rules.watcher().watch(request, gone);
    }

    @Override
    public void cut(String why) {
        ServletContextRequest.getServletContextRequest(request)
                .getServletChannel()
                .abort(new IOException(why));
    }
}
