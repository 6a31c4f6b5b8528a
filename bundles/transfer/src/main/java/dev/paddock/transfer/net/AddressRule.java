package dev.paddock.transfer.net;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses may be connected to. Refused are all that are not on the public internet (the machine itself, its
 * neighbours, cloud metadata, what wraps an IPv4 address) unless a setting allows their range: a name in a registry's
 * answer must not make this server ask what its sender could not reach.
 */
public final class AddressRule {
    private static final List<AddressRange> LOOPBACK = ranges("127.0.0.0/8", "::1");
    /** The registries of special-purpose addresses of IANA, without what is public after all. */
    private static final List<AddressRange> SPECIAL = ranges(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "::/96",
            "64:ff9b:1::/48",
            "100::/64",
            "2001::/23",
            "2001:db8::/32",
            "3fff::/20",
            "5f00::/16",
            "fc00::/7",
            "fe80::/10",
            "fec0::/10",
            "ff00::/8");

    private static final AddressRange NAT64 = AddressRange.parse("64:ff9b::/96");
    private static final AddressRange SIX_TO_FOUR = AddressRange.parse("2002::/16");

    private final List<AddressRange> allowed;

    /**
     * Reads what a setting allows: ranges like {@code 10.0.0.0/8}, single addresses, {@code loopback}, or {@code all}.
     *
     * @throws IllegalArgumentException naming what is none of these
     */
    public AddressRule(Collection<String> allowed) {
        this.allowed = allowed.stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .flatMap(AddressRule::read)
                .toList();
    }

    private static Stream<AddressRange> read(String text) {
        return switch (text) {
            case "loopback" -> LOOPBACK.stream();
            case "all" -> ranges("0.0.0.0/0", "::/0").stream();
            default -> {
                try {
                    yield Stream.of(AddressRange.parse(text));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(
                            "\"" + text + "\" is no range of addresses; write 10.0.0.0/8, loopback or all", e);
                }
            }
        };
    }

    /** Whether this address may be connected to. */
    public boolean allows(InetAddress address) {
        return allows(address.getAddress());
    }

    private boolean allows(byte[] address) {
        if (within(allowed, address)) return true;
        if (NAT64.contains(address)) return allows(Arrays.copyOfRange(address, 12, 16));
        if (SIX_TO_FOUR.contains(address)) return allows(Arrays.copyOfRange(address, 2, 6));
        return !within(SPECIAL, address);
    }

    private static boolean within(List<AddressRange> ranges, byte[] address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    private static List<AddressRange> ranges(String... texts) {
        return Arrays.stream(texts).map(AddressRange::parse).toList();
    }
}
