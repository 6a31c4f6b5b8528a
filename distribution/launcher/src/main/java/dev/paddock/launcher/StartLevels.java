package dev.paddock.launcher;

/**
 * In which order the platform comes up. Only for the platform's sake and for a quick first answer: our bundles are all at one
 * level and wait for services, not for levels.
 */
final class StartLevels {
    /** Configuration, events, logging, libraries. */
    static final int BASE = 1;

    static final int COMPONENTS = 2;
    static final int HTTP = 3;
    static final int OURS = 10;
    /** What an operator needs and a first answer does not: console, shell, watching the directory of bundles. */
    static final int OPERATION = 20;

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
}
