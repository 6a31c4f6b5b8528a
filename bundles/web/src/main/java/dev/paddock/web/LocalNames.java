package dev.paddock.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** The names of this machine. */
final class LocalNames {
    private LocalNames() {}

    /** The machine's host name, when it has one, and the given names, all in lower case. */
    static Set<String> with(Collection<String> more) {
        Set<String> names = new HashSet<>();
        more.forEach(n -> names.add(n.toLowerCase(Locale.ROOT)));
        try {
            names.add(InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT));
        } catch (UnknownHostException e) {
            // A machine without a name has none that a client could use.
            return names;
        }
        return names;
    }
}
