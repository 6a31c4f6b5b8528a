package dev.paddock.dialect.kit;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.lifecycle.Drain;
import dev.paddock.api.security.Scope;
import dev.paddock.api.web.Exchange;
import dev.paddock.api.web.SelfGuarded;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.SynchronousBundleListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A servlet of a dialect: counts requests so that it can drain, and turns every failure into the API's own form. A
 * request that did not pass the edge is refused, because nobody has checked where it comes from.
 */
public abstract class DialectServlet extends HttpServlet implements SelfGuarded {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(DialectServlet.class);

    private final transient InFlight inFlight = new InFlight();
    private final transient ErrorForm errors;

    protected DialectServlet(ErrorForm errors) {
        this.errors = errors;
    }

    /** Answers one request, which {@link #guard} let pass. */
    protected abstract void answer(Call call) throws IOException;

    /**
     * Lets only those pass who may ask this. The routes of a dialect let models answer, so that is what they need unless
     * the dialect says otherwise; a route may ask for more.
     *
     * @throws PaddockException for others
     */
    protected void guard(Call call) {
        call.require(Scope.INFER);
    }

    /**
     * Lets the answers of all dialects run out at the same time when the whole server stops: the framework stops one
     * bundle after the other, and each would wait for its own. Where there is a {@link Drain}, it has waited for all
     * by then, so that what still runs has had its time.
     *
     * @param patience what {@link #drain} will be given, and how long is waited where there is none
     */
    protected final void stopWith(BundleContext context, Duration patience) {
        // The framework forgets it with the bundle; an instance that went before has nothing to close any more.
        context.addBundleListener((SynchronousBundleListener) event -> {
            boolean server = event.getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID;
            if (!server || event.getType() != BundleEvent.STOPPING) return;
            inFlight.close(context.getServiceReference(Drain.class) == null ? patience : Duration.ZERO);
        });
    }

    /** Refuses new requests and waits for the running ones. */
    protected final void drain(Duration patience) {
        int cut = inFlight.drain(patience);
        if (cut > 0) LOG.warn("{}: {} answers cut after {} s", getClass().getSimpleName(), cut, patience.toSeconds());
    }

    /** The failure of a path that is known, while what answers it is not there. */
    protected static PaddockException notNow() {
        return new PaddockException(
                Fault.UNAVAILABLE, "the server is starting, or a part of it is stopped; try again in a moment");
    }

    /** How many requests are being answered. */
    protected final int running() {
        return inFlight.count();
    }

    @Override
    protected final void service(HttpServletRequest request, HttpServletResponse response) {
        Exchange exchange = (Exchange) request.getAttribute(Exchange.ATTRIBUTE);
        Call call = new Call(request, response, exchange, null);
        try (Ticket ticket = inFlight.enter()) {
            if (exchange == null) throw new PaddockException(Fault.UNAVAILABLE, "the web bundle is not active");
            call = new Call(request, response, exchange, ticket);
            guarded(call, ticket);
        } catch (PaddockException e) {
            fail(call, e);
        } finally {
            call.end();
        }
    }

    private void guarded(Call call, Ticket ticket) {
        try {
            guard(call);
            answer(call);
        } catch (PaddockException e) {
            PaddockException cause = ticket.cause().orElse(e);
            LOG.debug("{} {} {}: {}", call.id(), call.method(), call.path(), cause.fault(), cause);
            fail(call, cause);
        } catch (IOException e) {
            LOG.debug("{} {} {}: the client is gone", call.id(), call.method(), call.path(), e);
            fail(call, new PaddockException(Fault.INVALID_REQUEST, "the request could not be read to its end"));
        } catch (RuntimeException e) {
            fail(call, ticket.cause().orElseGet(() -> bug(call, e)));
        } catch (StackOverflowError e) {
            fail(call, bug(call, e));
        } catch (OutOfMemoryError e) {
            // Everything this request made is garbage by now; the others go on.
            LOG.error("{} {} {}: the server's memory is too small for it", call.id(), call.method(), call.path());
            fail(
                    call,
                    new PaddockException(Fault.OUT_OF_MEMORY, "the server has no memory for a request of this size"));
        }
    }

    private static PaddockException bug(Call call, Throwable failure) {
        LOG.error("{} {} {} failed", call.id(), call.method(), call.path(), failure);
        return new PaddockException(Fault.INTERNAL, "internal error, see the server's log for request " + call.id());
    }

    /** Tells the client; a client that cannot be told is gone, which is nothing to be alarmed about. */
    private void fail(Call call, PaddockException failure) {
        try {
            call.fail(errors, failure);
        } catch (IOException e) {
            LOG.debug("{}: nobody is left to be told of {}", call.path(), failure.fault(), e);
        }
    }
}
