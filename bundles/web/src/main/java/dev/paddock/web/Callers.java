package dev.paddock.web;

import dev.paddock.api.fault.BusyException;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.security.Identity;
import dev.paddock.api.security.Keys;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Finds out who sends a request, and whether that will do without a key.
 *
 * @param identities who it is without one
 * @param localKeyless whether this machine needs none
 * @param insecure whether others need none while there are no keys
 * @param wrong counts wrong keys
 */
record Callers(Identities identities, boolean localKeyless, boolean insecure, WrongKeys wrong) {
    /** By any of these a proxy says for whom it asks: it may be here, and its client anywhere. */
    private static final List<String> FORWARDED =
            List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via");

    private static final String HOW =
            "send one as Authorization: Bearer, which the server's owner makes with" + " `paddock key create NAME`";

    /** Whether the client is on this machine; behind a proxy that says that it is one, nobody is. */
    static boolean local(HttpServletRequest request) {
        return InetAddress.ofLiteral(request.getRemoteAddr()).isLoopbackAddress()
                && FORWARDED.stream().allMatch(header -> request.getHeader(header) == null);
    }

    /** @param keys null while the bundle that has them is not there */
    Caller of(HttpServletRequest request, Keys keys) {
        InetAddress address = InetAddress.ofLiteral(request.getRemoteAddr());
        boolean local = local(request);
        var said = identities.named(
                address, identities.header().isEmpty() ? null : request.getHeader(identities.header()));
        var without = said.orElseGet(() -> identities.of(address));
        var credentials = Credentials.of(request);
        try {
            Optional<String> secret = credentials.secret();
            if (secret.isPresent()) return new Caller(identify(keys, secret.get()), address, local, Optional.empty());
            if (said.isEmpty() && !keyless(address, local, keys)) throw needed(credentials, keys);
            return new Caller(without, address, local, Optional.empty());
        } catch (PaddockException e) {
            return new Caller(without, address, local, Optional.of(counted(e, credentials, address)));
        }
    }

    private static Identity identify(Keys keys, String secret) {
        if (keys == null) throw new PaddockException(Fault.UNAVAILABLE, "API keys cannot be checked yet; try again");
        return keys.identify(secret);
    }

    /** As long as there are no keys, a proxy on this machine stands for those whom its owner lets in. */
    private boolean keyless(InetAddress address, boolean local, Keys keys) {
        boolean none = keys != null && !keys.exist();
        return address.isLoopbackAddress() ? localKeyless && (local || none) : insecure && none;
    }

    private static PaddockException needed(Credentials credentials, Keys keys) {
        if (keys == null) return new PaddockException(Fault.UNAVAILABLE, "API keys cannot be checked yet; try again");
        String what = credentials.shown().isPresent()
                ? "what was sent is no API key of this server; "
                : "an API key is needed; ";
        return new PaddockException(Fault.UNAUTHENTICATED, what + HOW);
    }

    /** A wrong one counts; after too many the answer is that there were too many. */
    private PaddockException counted(PaddockException refusal, Credentials credentials, InetAddress address) {
        if (refusal.fault() != Fault.UNAUTHENTICATED || credentials.shown().isEmpty()) return refusal;
        try {
            wrong.check(address);
            wrong.add(address);
            return refusal;
        } catch (BusyException tooMany) {
            return tooMany;
        }
    }
}
