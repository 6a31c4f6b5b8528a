package dev.paddock.prompt.adapt;

import dev.paddock.api.prompt.Role;
import java.util.Set;

/** Where a template writes what the system says. */
public enum SystemPlace {
    /** Wherever it is said. */
    ANYWHERE,
    /** Only what is said first. */
    FIRST,
    /** Nowhere: it refuses it, or drops it. */
    NOWHERE;

    static SystemPlace of(Probe probe, Set<Role> typed) {
        if (!first(probe, typed, false) && !first(probe, typed, true)) return NOWHERE;
        boolean parts = typed(probe, typed);
        boolean later = Probe.has(
                probe.opened(
                        Probe.said(Role.SYSTEM, ContentProbe.content(Probe.SYSTEM, parts)),
                        Probe.said(Role.USER, content(typed, Role.USER, Probe.USER)),
                        Probe.said(Role.ASSISTANT, content(typed, Role.ASSISTANT, Probe.ANSWER)),
                        Probe.said(Role.SYSTEM, ContentProbe.content(Probe.LATER, parts)),
                        Probe.said(Role.USER, content(typed, Role.USER, Probe.USER))),
                Probe.SYSTEM,
                Probe.LATER);
        return later ? ANYWHERE : FIRST;
    }

    /** Whether the system's content must be in parts. */
    static boolean typed(Probe probe, Set<Role> typed) {
        return !first(probe, typed, false) && first(probe, typed, true);
    }

    private static boolean first(Probe probe, Set<Role> typed, boolean parts) {
        return Probe.has(
                probe.opened(
                        Probe.said(Role.SYSTEM, ContentProbe.content(Probe.SYSTEM, parts)),
                        Probe.said(Role.USER, content(typed, Role.USER, Probe.USER))),
                Probe.SYSTEM,
                Probe.USER);
    }

    private static Object content(Set<Role> typed, Role role, String text) {
        return ContentProbe.content(text, typed.contains(role));
    }
}
