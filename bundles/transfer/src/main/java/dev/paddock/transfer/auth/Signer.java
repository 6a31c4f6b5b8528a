package dev.paddock.transfer.auth;

import dev.paddock.api.model.Digest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Signs requests for tokens with the key of this machine, as Ollama does. */
public final class Signer {
    private static final int NONCE_BYTES = 16;
    /** Of the empty body that these requests have: the base64 of the hexadecimal digits. */
    private static final String EMPTY =
            Base64.getEncoder().encodeToString(Digest.of(new byte[0]).hex().getBytes(StandardCharsets.US_ASCII));

    private final KeyPlaces places;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    /** @param places where the key lies, or will when it is needed for the first time */
    public Signer(KeyPlaces places, InstantSource clock) {
        this.places = places;
        this.clock = clock;
    }

    /** What makes each request another one. */
    Map<String, String> stamp() {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        Map<String, String> stamp = new LinkedHashMap<>();
        stamp.put("ts", Long.toString(clock.instant().getEpochSecond()));
        stamp.put("nonce", Base64.getUrlEncoder().withoutPadding().encodeToString(nonce));
        return stamp;
    }

    /** The value of {@code Authorization}. */
    String sign(String method, URI address) throws IOException {
        KeyFile key = places.key();
        String text = method + "," + address + "," + EMPTY;
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key.privateKey());
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return key.publicText() + ":" + Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IOException("this Java cannot sign with Ed25519", e);
        }
    }
}
