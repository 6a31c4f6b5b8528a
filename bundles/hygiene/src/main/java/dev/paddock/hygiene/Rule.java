package dev.paddock.hygiene;

/**
 * What is done with fragments of a kind.
 *
 * @param name of the kind, in words for people
 * @param finder knows them
 * @param action what is done
 * @param lastOnly whether a later one makes those before it untrue: then only the last is moved
 */
record Rule(String name, Finder finder, Action action, boolean lastOnly) {
    Rule(String name, Finder finder, Action action) {
        this(name, finder, action, false);
    }
}
