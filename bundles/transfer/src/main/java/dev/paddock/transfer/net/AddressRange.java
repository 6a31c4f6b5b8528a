package dev.paddock.transfer.net;

import java.net.InetAddress;

/**
 * A range of IP addresses.
 *
 * @param base 4 or 16 bytes
 * @param prefix how many leading bits an address must share with it
 */
record AddressRange(byte[] base, int prefix) {
    /**
     * Reads {@code 10.0.0.0/8}, {@code fd00::/8} or one address.
     *
     * @throws IllegalArgumentException for anything else
     */
    static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        byte[] base = InetAddress.ofLiteral(address).getAddress();
        int bits = base.length * Byte.SIZE;
        int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
        if (prefix < 0 || prefix > bits) throw new IllegalArgumentException("no address range: " + text);
        return new AddressRange(base, prefix);
    }

    boolean contains(byte[] address) {
        if (address.length != base.length) return false;
        for (int bit = 0; bit < prefix; bit += Byte.SIZE) {
            int unused = Math.max(0, bit + Byte.SIZE - prefix);
            int difference = (address[bit / Byte.SIZE] ^ base[bit / Byte.SIZE]) & 0xff;
            if (difference >>> unused != 0) return false;
        }
        return true;
    }
}
