package dev.paddock.web;

import java.net.InetAddress;

/**
 * Addresses that begin alike.
 *
 * @param address the first of them
 * @param bits how many of its bits count
 */
record Network(InetAddress address, int bits) {
    /**
     * Reads an address, or one with a slash and a number of bits.
     *
     * @throws IllegalArgumentException when it is neither
     */
    static Network parse(String text) {
        String[] parts = text.strip().split("/", 2);
        InetAddress address = InetAddress.ofLiteral(parts[0]);
        int most = address.getAddress().length * 8;
        int bits = parts.length < 2 ? most : Integer.parseInt(parts[1]);
        if (bits < 0 || bits > most) throw new IllegalArgumentException(text + " has more bits than an address");
        return new Network(address, bits);
    }

    /** Whether an address is one of these. */
    boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] theirs = other.getAddress();
        if (mine.length != theirs.length) return false;
        for (int i = 0; i < bits; i++) {
            int mask = 0x80 >> (i % 8);
            if ((mine[i / 8] & mask) != (theirs[i / 8] & mask)) return false;
        }
        return true;
    }
}
