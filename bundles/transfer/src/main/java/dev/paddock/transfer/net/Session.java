package dev.paddock.transfer.net;

import dev.paddock.transfer.auth.Identity;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The requests of one task: follows redirects, answers challenges, and gives what it got for an answer only to who asked
 * for it. Safe for many threads; closed when all who hold it have closed it.
 */
public final class Session implements AutoCloseable {
    private static final int MAX_REDIRECTS = 10;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final Wire wire;
    private final Identity identity;
    private final boolean plain;
    private final AtomicInteger holders = new AtomicInteger(1);

    /** @param plain whether http may be spoken */
    public Session(Wire wire, Identity identity, boolean plain) {
        this.wire = wire;
        this.identity = identity;
        this.plain = plain;
    }

    /** One more who closes it. */
    public Session hold() {
        holders.incrementAndGet();
        return this;
    }

    /** Sends and follows redirects, each by the same rules. Any status may come back. */
    public Reply send(Call call) throws IOException {
        URI at = call.address();
        for (int hops = 0; hops <= MAX_REDIRECTS; hops++) {
            Reply reply = once(call.to(at));
            if (!REDIRECTS.contains(reply.status())) return reply;
            try (reply) {
                at = target(reply);
            }
        }
        throw new WrongAnswerException("stopped after " + MAX_REDIRECTS + " redirects");
    }

    /** Sends without following redirects; one challenge is answered. */
    public Reply once(Call call) throws IOException {
        Origin origin = permitted(call.address());
        Reply reply = wire.open(call, identity.authorization(origin));
        if (reply.status() != 401) return reply;
        Optional<String> answer;
        try (reply) {
            answer = identity.answer(origin, reply.headers("WWW-Authenticate"), this::fetchToken);
        }
        if (answer.isEmpty()) return reply;
        return wire.open(call, answer);
    }

    /** Ends the exchange that a thread waits for; a platform thread does not hear an interrupt there. */
    public void abort(Thread thread) {
        wire.abort(thread);
    }

    private Reply fetchToken(URI realm, Optional<String> authorization) throws IOException {
        permitted(realm);
        return wire.open(Call.get(realm), authorization);
    }

    /** The address of a {@code Location}, which may be relative. */
    public static URI target(Reply reply) throws IOException {
        return resolve(
                reply.address(),
                reply.header("Location")
                        .orElseThrow(() -> new WrongAnswerException("http: no Location header in response")));
    }

    /** An address as an answer from another one writes it. */
    public static URI resolve(URI from, String location) throws IOException {
        try {
            URI address = from.resolve(new URI(location));
            Origin.of(address);
            return address;
        } catch (java.net.URISyntaxException | IllegalArgumentException e) {
            throw new WrongAnswerException("the location in the answer of \"" + from.getHost() + "\" is no address");
        }
    }

    private Origin permitted(URI address) throws IOException {
        Origin origin = Origin.of(address);
        if (origin.plain() && !plain) throw new RefusedException("insecure protocol http");
        return origin;
    }

    @Override
    public void close() {
        if (holders.decrementAndGet() == 0) wire.close();
    }
}
