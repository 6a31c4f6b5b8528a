package dev.paddock.web;

import dev.paddock.api.security.Identity;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Who is asking without a key: this machine, another one by its address, or whom a trusted proxy names.
 *
 * @param header in which a proxy says the name; empty = none does
 * @param proxies who is believed; empty = this machine
 */
record Identities(String header, List<Network> proxies) {
    private static final int LONGEST = 100;

    /** @throws IllegalArgumentException for what is no address */
    static Identities named(String header, String[] proxies) {
        return new Identities(
                header.strip(), Arrays.stream(proxies).map(Identities::network).toList());
    }

    private static Network network(String text) {
        try {
            return Network.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    Edge.PID + ": identity.proxies holds \"" + text + "\"; it must be an address like 10.0.0.5 or a"
                            + " network like 10.0.0.0/8",
                    e);
        }
    }

    /**
     * Whom a trusted proxy names; empty when the peer is none, or names nobody.
     *
     * @param said what the header holds; null without
     */
    Optional<Identity> named(InetAddress peer, String said) {
        return Optional.ofNullable(said)
                .filter(text -> !text.isBlank() && trusts(peer))
                .map(name -> new Identity("user " + clean(name)));
    }

    /** Who it is by its address. */
    Identity of(InetAddress peer) {
        if (peer.isLoopbackAddress()) return Identity.LOCAL;
        return new Identity("address " + peer.getHostAddress().replaceFirst("%.*", ""));
    }

    private boolean trusts(InetAddress peer) {
        if (header.isEmpty()) return false;
        return proxies.isEmpty() ? peer.isLoopbackAddress() : proxies.stream().anyMatch(proxy -> proxy.contains(peer));
    }

    /** Names stand in logs. */
    private static String clean(String text) {
        String name = text.strip().replaceAll("[^\\p{L}\\p{N}@._+-]", "_");
        return name.length() > LONGEST ? name.substring(0, LONGEST) : name;
    }
}
