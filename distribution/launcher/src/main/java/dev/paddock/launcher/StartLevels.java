package dev.paddock.launcher;

import java.util.Set;

/**
 * In which order the platform comes up. Only for the platform's sake and for a quick first answer: our bundles wait for
 * services, not for levels. The settings come before HTTP, which would else start with the last start's address, and so does
 * the edge, as no request shall come past it; and health, so that /livez answers as soon as anything can.
 */
final class StartLevels {
    /** Configuration, events, logging, libraries. */
    static final int BASE = 1;

    static final int COMPONENTS = 2;
    static final int BEFORE_HTTP = 3;
    static final int HTTP = 4;
    static final int OURS = 10;
    /** What an operator needs and a first answer does not: console, shell, watching the directory of bundles. */
    static final int OPERATION = 20;

    private static final Set<String> FIRST = Set.of("dev.paddock.settings", "dev.paddock.web", "dev.paddock.health");

    private StartLevels() {}

    static int of(String symbolicName) {
        return switch (symbolicName) {
            case "org.apache.felix.scr" -> COMPONENTS;
            case String name when name.startsWith("org.apache.felix.http.") -> HTTP;
            case String name when name.startsWith("dev.paddock.") -> OURS;
            case "org.apache.felix.fileinstall", "org.apache.felix.inventory", "org.owasp.encoder" -> OPERATION;
            case String name
            when name.startsWith("org.apache.felix.gogo.") || name.startsWith("org.apache.felix.webconsole") ->
                OPERATION;
            default -> BASE;
        };
    }

    /** The level of a bundle that is not the platform's; such a one may even lack a name. */
    static int ofHot(String symbolicName) {
        return FIRST.contains(symbolicName == null ? "" : symbolicName) ? BEFORE_HTTP : OURS;
    }
}
