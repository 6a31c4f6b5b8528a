package dev.paddock.transfer.auth;

import dev.paddock.json.Json;
import dev.paddock.transfer.net.Origin;
import dev.paddock.transfer.net.Reply;
import dev.paddock.transfer.net.StatusException;
import dev.paddock.transfer.net.WrongAnswerException;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who we are, for one task. What a registry gets as an answer to its challenge is remembered for its origin and goes to no
 * other one; tokens are fetched from the host that asks, or from one that a setting names for it. Safe for many threads.
 */
public final class Identity {
    private static final Logger LOG = LoggerFactory.getLogger(Identity.class);
    private static final int MAX_TOKEN_BYTES = 64 << 10;
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,16384}");

    /** Fetches a token. */
    @FunctionalInterface
    public interface TokenFetcher {
        /** Asks there, and follows no redirect. */
        Reply fetch(URI realm, Optional<String> authorization) throws IOException;
    }

    private final Credentials credentials;
    private final ForeignRealms foreign;
    private final Signer signer;
    private final Map<Origin, String> known = new ConcurrentHashMap<>();

    /**
     * @param credentials of single registries
     * @param foreign which other hosts may give tokens for a registry
     * @param signer our key
     */
    public Identity(Credentials credentials, ForeignRealms foreign, Signer signer) {
        this.credentials = credentials;
        this.foreign = foreign;
        this.signer = signer;
    }

    /** What to send to an origin without being asked. */
    public Optional<String> authorization(Origin origin) {
        String answered = known.get(origin);
        if (answered != null) return Optional.of(answered);
        return credentials.of(origin).flatMap(Credentials.Entry::bearer);
    }

    /**
     * Answers a challenge.
     *
     * @param headers all values of {@code WWW-Authenticate}
     * @return what to send now; empty when there is no answer
     * @throws IOException when a token cannot be had
     */
    public Optional<String> answer(Origin origin, List<String> headers, TokenFetcher fetcher) throws IOException {
        for (String header : headers) {
            Optional<Challenge> challenge = Challenge.parse(header);
            if (challenge.isEmpty()) continue;
            Optional<String> answer =
                    switch (challenge.get()) {
                        case Challenge.Bearer bearer -> Optional.of("Bearer " + token(origin, bearer, fetcher));
                        case Challenge.Basic() -> credentials.of(origin).flatMap(Credentials.Entry::basic);
                    };
            if (answer.isEmpty()) continue;
            known.put(origin, answer.get());
            return answer;
        }
        return Optional.empty();
    }

    private String token(Origin origin, Challenge.Bearer challenge, TokenFetcher fetcher) throws IOException {
        requireRealmOf(origin, challenge.realm());
        Optional<String> basic = credentials.of(origin).flatMap(Credentials.Entry::basic);
        URI address = challenge.tokenAddress(signer.stamp());
        Optional<String> shown = basic.isPresent() ? basic : signature(address);
        if (shown.isPresent()) {
            try (Reply reply = fetcher.fetch(address, shown)) {
                boolean unknown = reply.status() == 400 || reply.status() == 401 || reply.status() == 403;
                if (basic.isPresent() || !unknown) return read(reply);
            }
        }
        // Registries that know no keys of Ollama's give tokens to everybody.
        try (Reply reply = fetcher.fetch(challenge.tokenAddress(Map.of()), Optional.empty())) {
            return read(reply);
        }
    }

    /** Nothing when there is no key that can be used. */
    private Optional<String> signature(URI address) {
        try {
            return Optional.of(signer.sign("GET", address));
        } catch (IOException e) {
            LOG.warn("registries are asked for a token without the key of this machine: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private void requireRealmOf(Origin origin, URI realm) throws IOException {
        Origin giver;
        try {
            giver = Origin.of(realm);
        } catch (IllegalArgumentException e) {
            throw new WrongAnswerException(
                    "the realm in the challenge of \"" + origin.authority() + "\" is no address");
        }
        if (giver.equals(origin) || foreign.allows(origin, giver)) return;
        String what = giver.authority().equals(origin.authority())
                ? "realm \"" + giver.authority() + "\" is asked by another protocol than its registry"
                : "realm host \"" + giver.authority() + "\" does not match original host \"" + origin.authority()
                        + "\"";
        throw new WrongAnswerException(what);
    }

    private static String read(Reply reply) throws IOException {
        if (reply.status() != 200) throw StatusException.of(reply);
        Map<String, Object> json;
        try {
            json = Json.object(reply.all(MAX_TOKEN_BYTES, "the token"));
        } catch (WrongAnswerException e) {
            throw e;
        } catch (IOException e) {
            throw new WrongAnswerException("the answer with the token is no JSON object");
        }
        String token = Json.text(json, "token");
        if (token.isEmpty()) token = Json.text(json, "access_token");
        if (!TOKEN.matcher(token).matches()) throw new WrongAnswerException("the token is none");
        return token;
    }
}
