package dev.paddock.transfer.net;

import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;

/**
 * How strangers are spoken to.
 *
 * @param rule which addresses may be connected to
 * @param proxies by which way
 * @param tls whose certificates are believed
 * @param connect the longest time to connect
 * @param stall the longest time without progress
 * @param agent what we call ourselves
 * @param names looks names up; tests bring their own
 */
public record WireSettings(
        AddressRule rule,
        Proxies proxies,
        SSLContext tls,
        Duration connect,
        Duration stall,
        String agent,
        DnsResolver names) {}
