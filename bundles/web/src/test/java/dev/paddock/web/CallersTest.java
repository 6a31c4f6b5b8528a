package dev.paddock.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.security.Identity;
import dev.paddock.api.security.Keys;
import dev.paddock.api.security.Scope;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallersTest {
    private static final String HERE = "127.0.0.1";
    private static final String THERE = "10.1.2.3";
    private static final String RIGHT = "pk-right";
    private static final Identity ANN = new Identity("key ann", 1, 0, 0, Set.of(Scope.INFER), List.of());

    private Instant now = Instant.EPOCH;
    private final WrongKeys wrong = new WrongKeys(3, () -> now);
    private final Keys some = keys(true);
    private final Keys none = keys(false);

    private Callers callers(boolean localKeyless, boolean insecure) {
        return new Callers(Identities.named("X-User", new String[0]), localKeyless, insecure, wrong);
    }

    /** Who is served without a key: by where they are, what the settings say, and whether there are keys. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    127.0.0.1 |           | true  | false | none | true
                    127.0.0.1 |           | true  | false | some | true
                    ::1       |           | true  | false | some | true
                    127.0.0.1 |           | false | false | none | false
                    127.0.0.1 |           | false | true  | some | false
                    127.0.0.1 | forwarded | true  | false | none | true
                    127.0.0.1 | forwarded | true  | false | some | false
                    10.1.2.3  |           | true  | false | none | false
                    10.1.2.3  |           | true  | false | some | false
                    10.1.2.3  |           | true  | true  | none | true
                    10.1.2.3  |           | true  | true  | some | false
                    10.1.2.3  |           | true  | true  | away | false
                    127.0.0.1 |           | true  | true  | away | true
                    127.0.0.1 | forwarded | true  | true  | away | false""")
    void whoNeedsNone(
            String address, String proxied, boolean localKeyless, boolean insecure, String there, boolean served) {
        Map<String, String> headers = proxied == null ? Map.of() : Map.of("X-Forwarded-For", "192.0.2.1");
        Keys keys =
                switch (there) {
                    case "some" -> some;
                    case "none" -> none;
                    default -> null;
                };
        Caller caller = callers(localKeyless, insecure).of(request(address, headers, null), keys);
        assertThat(caller.refusal().isEmpty()).isEqualTo(served);
        assertThat(caller.identity().has(Scope.ADMIN)).isFalse();
    }

    @Test
    void aKeyCountsWhereverItComesFrom() {
        for (String address : List.of(HERE, THERE)) {
            for (Map<String, String> headers : List.of(
                    Map.of("Authorization", "Bearer " + RIGHT),
                    Map.of("Authorization", "bearer  " + RIGHT),
                    Map.of("x-api-key", RIGHT),
                    Map.of("x-goog-api-key", RIGHT),
                    Map.of("Authorization", "Bearer dummy", "x-api-key", RIGHT))) {
                Caller caller = callers(true, false).of(request(address, headers, null), some);
                assertThat(caller.identity()).as(headers.toString()).isEqualTo(ANN);
                assertThat(caller.refusal()).isEmpty();
            }
            assertThat(callers(true, false)
                            .of(request(address, Map.of(), "alt=sse&key=pk%2Dright"), some)
                            .identity())
                    .isEqualTo(ANN);
        }
    }

    @Test
    void whatClientsSendToServersWithoutKeysIsNoKeyHereAndAWrongOneThere() {
        var headers = Map.of("Authorization", "Bearer ollama");
        assertThat(callers(true, false).of(request(HERE, headers, null), some).identity())
                .isEqualTo(Identity.LOCAL);
        assertThat(refusal(THERE, headers).getMessage()).contains("no API key of this server");
        assertThat(refusal(THERE, Map.of("Authorization", "Basic YTpi")).getMessage())
                .contains("an API key is needed");
        assertThat(callers(true, false)
                        .of(request(HERE, Map.of(), "key=AIza"), some)
                        .identity())
                .isEqualTo(Identity.LOCAL);
    }

    @Test
    void aWrongKeyIsRefusedOnThisMachineToo() {
        PaddockException refusal = refusal(HERE, Map.of("x-api-key", "pk-wrong"));
        assertThat(refusal.fault()).isEqualTo(Fault.UNAUTHENTICATED);
        assertThat(refusal.getMessage()).doesNotContain("pk-wrong");
    }

    @Test
    void whomATrustedProxyNamesNeedsNoKey() {
        var headers = Map.of("X-User", "ann", "X-Forwarded-For", "192.0.2.1");
        Caller caller = callers(true, false).of(request(HERE, headers, null), some);
        assertThat(caller.identity().name()).isEqualTo("user ann");
        assertThat(caller.refusal()).isEmpty();
        assertThat(callers(true, false).of(request(THERE, headers, null), some).refusal())
                .as("a proxy that nobody trusts")
                .isPresent();
    }

    @Test
    void manyWrongKeysAreToldToWaitAndARightOneIsNot() {
        var guess = Map.of("x-api-key", "pk-guess");
        for (int i = 0; i < 3; i++) assertThat(refusal(THERE, guess).fault()).isEqualTo(Fault.UNAUTHENTICATED);
        assertThat(refusal(THERE, guess).fault()).isEqualTo(Fault.RATE_LIMITED);
        assertThat(refusal("10.1.2.4", guess).fault()).as("another address").isEqualTo(Fault.UNAUTHENTICATED);
        assertThat(callers(true, false)
                        .of(request(THERE, Map.of("x-api-key", RIGHT), null), some)
                        .refusal())
                .isEmpty();
        assertThat(refusal(THERE, Map.of()).fault()).as("nothing was guessed").isEqualTo(Fault.UNAUTHENTICATED);
        now = now.plusSeconds(60);
        assertThat(refusal(THERE, guess).fault()).isEqualTo(Fault.UNAUTHENTICATED);
    }

    @Test
    void aNetworkOfIpv6IsOneAddressAndOnlySoManyAreRemembered() {
        var guess = Map.of("x-api-key", "pk-guess");
        for (int i = 0; i < 3; i++) refusal("2001:db8::" + i, guess);
        assertThat(refusal("2001:db8::ffff", guess).fault()).isEqualTo(Fault.RATE_LIMITED);
        for (int i = 0; i < WrongKeys.MOST_ADDRESSES; i++)
            refusal("10." + i / 65536 + "." + i / 256 % 256 + "." + i % 256, guess);
        assertThat(refusal("2001:db8::ffff", guess).fault()).as("forgotten").isEqualTo(Fault.UNAUTHENTICATED);
    }

    @Test
    void whoIsOnThisMachine() {
        for (String address : List.of("127.0.0.1", "127.9.9.9", "::1", "0:0:0:0:0:0:0:1"))
            assertThat(Callers.local(request(address, Map.of(), null)))
                    .as(address)
                    .isTrue();
        for (String address : List.of(THERE, "192.168.0.2", "2001:db8::1", "::ffff:10.1.2.3"))
            assertThat(Callers.local(request(address, Map.of(), null)))
                    .as(address)
                    .isFalse();
        for (String header : List.of("Forwarded", "x-forwarded-for", "Via"))
            assertThat(Callers.local(request(HERE, Map.of(header, HERE), null)))
                    .as(header)
                    .isFalse();
    }

    private PaddockException refusal(String address, Map<String, String> headers) {
        Optional<PaddockException> refusal =
                callers(true, false).of(request(address, headers, null), some).refusal();
        return refusal.orElseThrow();
    }

    private static HttpServletRequest request(String address, Map<String, String> headers, String query) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                CallersTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (_, method, args) -> switch (method.getName()) {
                    case "getRemoteAddr" -> address;
                    case "getHeader" ->
                        headers.entrySet().stream()
                                .filter(h -> h.getKey().equalsIgnoreCase((String) args[0]))
                                .map(Map.Entry::getValue)
                                .findFirst()
                                .orElse(null);
                    case "getQueryString" -> query;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static Keys keys(boolean exist) {
        return (Keys) Proxy.newProxyInstance(
                CallersTest.class.getClassLoader(),
                new Class<?>[] {Keys.class},
                (_, method, args) -> switch (method.getName()) {
                    case "exist" -> exist;
                    case "identify" -> {
                        if (args[0].equals(RIGHT)) yield ANN;
                        throw new PaddockException(Fault.UNAUTHENTICATED, "not one of this server");
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
