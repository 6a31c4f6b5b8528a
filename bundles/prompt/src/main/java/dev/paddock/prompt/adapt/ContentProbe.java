package dev.paddock.prompt.adapt;

import dev.paddock.api.prompt.Role;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Finds out whose content a template wants as a list of parts: that which it does not write when it is text. */
final class ContentProbe {
    private ContentProbe() {}

    /** Roles whose content has parts; empty when the user's words are not written either way. */
    static Optional<Set<Role>> typed(Probe probe) {
        Optional<String> plain = probe.opened(
                Probe.said(Role.USER, Probe.USER),
                Probe.said(Role.ASSISTANT, Probe.ANSWER),
                Probe.said(Role.USER, Probe.LATER));
        if (Probe.has(plain, Probe.USER, Probe.ANSWER, Probe.LATER)) return Optional.of(EnumSet.noneOf(Role.class));
        Set<Role> typed = EnumSet.noneOf(Role.class);
        if (!written(probe, typed, Role.USER)) return Optional.empty();
        written(probe, typed, Role.ASSISTANT);
        // Results are rarely parts; a template that wants all in parts wants them so too.
        if (typed.containsAll(EnumSet.of(Role.USER, Role.ASSISTANT))) typed.add(Role.TOOL);
        return Optional.of(typed);
    }

    /** Whether what a role says is written; it is added where that needs parts. */
    private static boolean written(Probe probe, Set<Role> typed, Role role) {
        if (written(probe, typed, role, false)) return true;
        if (!written(probe, typed, role, true)) return false;
        typed.add(role);
        return true;
    }

    private static boolean written(Probe probe, Set<Role> typed, Role role, boolean parts) {
        if (role == Role.USER) {
            return Probe.has(probe.opened(Probe.said(role, content(Probe.USER, parts))), Probe.USER);
        }
        boolean userParts = typed.contains(Role.USER);
        return Probe.has(
                probe.opened(
                        Probe.said(Role.USER, content(Probe.USER, userParts)),
                        Probe.said(role, content(Probe.ANSWER, parts)),
                        Probe.said(Role.USER, content(Probe.LATER, userParts))),
                Probe.ANSWER);
    }

    /** Content as text or in parts. */
    static Object content(String text, boolean parts) {
        return parts ? Probe.typed(text) : text;
    }
}
