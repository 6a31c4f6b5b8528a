package dev.paddock.hygiene;

import java.util.Optional;

/** Knows one kind of fragment. Looks at few characters and goes over them once: the text is a stranger's. */
@FunctionalInterface
interface Finder {
    /**
     * The first fragment of a line, or of what is left of it.
     *
     * @param text a whole message
     * @param start where that begins
     * @param end where it ends, before its line break
     */
    Optional<Fragment> find(String text, int start, int end);
}
