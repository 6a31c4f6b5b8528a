package dev.paddock.transfer.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Finds the addresses of a host and leaves out those that the rule refuses. The connection is made to what this returns,
 * so a name that changes its address afterwards gains nothing.
 */
final class GuardedResolver implements DnsResolver {
    /** A refusal on its way through the HTTP client, which knows no other kind of failure here. */
    static final class Refused extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    private final AddressRule rule;
    private final Set<Origin> exempt;
    private final DnsResolver names;

    /**
     * @param exempt proxies that the operator named: they may lie anywhere
     * @param names looks names up
     */
    GuardedResolver(AddressRule rule, Set<Origin> exempt, DnsResolver names) {
        this.rule = rule;
        this.exempt = exempt;
        this.names = names;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] found = names.resolve(host);
        InetAddress[] usable = Arrays.stream(found).filter(rule::allows).toArray(InetAddress[]::new);
        if (found.length > 0 && usable.length == 0) throw new Refused(refusal(host));
        return usable;
    }

    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        boolean proxy = exempt.stream().anyMatch(p -> p.host().equalsIgnoreCase(host) && p.port() == port);
        InetAddress[] usable = proxy ? names.resolve(host) : resolve(host);
        return Arrays.stream(usable)
                .map(address -> new InetSocketAddress(address, port))
                .toList();
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    static String refusal(String host) {
        return "\"" + host + "\" is at a private address, which is refused; the setting private.networks of"
                + " dev.paddock.transfer (PADDOCK_PRIVATE_NETWORKS) can allow it";
    }
}
