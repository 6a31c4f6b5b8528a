package dev.paddock.transfer.net;

import java.net.InetAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which proxy leads to a host, by the variables that everybody knows or by a setting.
 *
 * @param plain proxy for http, or empty
 * @param secure proxy for https, or empty
 * @param direct hosts that are asked without one: names and their subdomains, addresses, ranges, each perhaps with a
 *     port, or {@code *}
 */
public record Proxies(Optional<URI> plain, Optional<URI> secure, List<String> direct) {
    /** No proxies. */
    public static final Proxies NONE = new Proxies(Optional.empty(), Optional.empty(), List.of());

    /**
     * Reads a setting and the environment.
     *
     * @param setting an address for everything, {@code none}, or empty for what the environment says
     * @throws IllegalArgumentException naming the variable or setting whose value is no address of a proxy
     */
    public static Proxies of(String setting, Map<String, String> environment) {
        String said = setting.strip();
        if (said.equals("none")) return NONE;
        List<String> direct = Stream.of(variable(environment, "NO_PROXY").split("[,\\s]+"))
                .filter(text -> !text.isEmpty())
                .map(text -> text.toLowerCase(Locale.ROOT))
                .toList();
        if (!said.isEmpty()) {
            var all = Optional.of(address("proxy", said));
            return new Proxies(all, all, direct);
        }
        return new Proxies(fromVariable(environment, "HTTP_PROXY"), fromVariable(environment, "HTTPS_PROXY"), direct);
    }

    private static Optional<URI> fromVariable(Map<String, String> environment, String name) {
        String said = variable(environment, name);
        return said.isEmpty() ? Optional.empty() : Optional.of(address(name, said));
    }

    private static String variable(Map<String, String> environment, String name) {
        String upper = environment.getOrDefault(name, "").strip();
        return upper.isEmpty()
                ? environment.getOrDefault(name.toLowerCase(Locale.ROOT), "").strip()
                : upper;
    }

    private static URI address(String name, String said) {
        try {
            URI address = URI.create(said.contains("://") ? said : "http://" + said);
            if (address.getHost() != null && Set.of("http", "https").contains(address.getScheme())) return address;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " is no address of a proxy", e);
        }
        throw new IllegalArgumentException(name + " is no address of a proxy; write http://host:port");
    }

    /** The proxy for a request to there; empty when it is made directly. */
    public Optional<URI> toward(Origin target) {
        Optional<URI> proxy = target.plain() ? plain : secure;
        if (proxy.isEmpty() || isLocal(target.host())) return Optional.empty();
        return direct.stream().anyMatch(rule -> matches(rule, target)) ? Optional.empty() : proxy;
    }

    /** Where the proxies are. */
    public Set<Origin> origins() {
        return Stream.concat(plain.stream(), secure.stream())
                .map(Proxies::origin)
                .collect(Collectors.toSet());
    }

    /** Where one of them is. */
    static Origin origin(URI proxy) {
        int port = proxy.getPort() >= 0 ? proxy.getPort() : proxy.getScheme().equals("https") ? 443 : 80;
        return new Origin(proxy.getScheme(), proxy.getHost().replaceAll("^\\[|]$", ""), port);
    }

    private static boolean isLocal(String host) {
        return host.equals("localhost")
                || literal(host).map(InetAddress::isLoopbackAddress).orElse(false);
    }

    private static boolean matches(String rule, Origin target) {
        if (rule.equals("*")) return true;
        if (literal(target.host()).isPresent() && rule.indexOf('/') > 0) return inRange(rule, target.host());
        String host = rule;
        int colon = rule.lastIndexOf(':');
        if (colon > 0 && rule.indexOf(':') == colon) {
            if (!rule.substring(colon + 1).equals(Integer.toString(target.port()))) return false;
            host = rule.substring(0, colon);
        }
        String name = host.replaceAll("^\\*?\\.", "");
        return target.host().equals(name) || target.host().endsWith("." + name);
    }

    private static boolean inRange(String rule, String host) {
        try {
            return AddressRange.parse(rule).contains(literal(host).orElseThrow().getAddress());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The address that a host is when it is no name. */
    static Optional<InetAddress> literal(String host) {
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Without passwords. */
    @Override
    public String toString() {
        return Arrays.toString(
                origins().stream().map(Origin::authority).sorted().toArray());
    }
}
