package dev.paddock.api.settings;

import java.nio.file.Path;
import java.util.Map;

/** What a user's environment says; the server, its launcher and the command line read it alike. */
public final class UserEnvironment {
    private UserEnvironment() {}

    /**
     * The value of {@code PADDOCK_<name>}, or where that is not set of {@code OLLAMA_<name>}; empty when neither is.
     *
     * @param variables the environment's variables
     */
    public static String variable(Map<String, String> variables, String name) {
        String ours = trimmed(variables.getOrDefault("PADDOCK_" + name, ""));
        return ours.isEmpty() ? trimmed(variables.getOrDefault("OLLAMA_" + name, "")) : ours;
    }

    /**
     * The directory of this user's data: the system property {@code paddock.home}, else {@code PADDOCK_HOME}, else
     * {@code .paddock} in the user's own directory.
     *
     * @param variables the environment's variables
     */
    public static Path home(Map<String, String> variables) {
        String said = trimmed(System.getProperty("paddock.home", variables.getOrDefault("PADDOCK_HOME", "")));
        return said.isEmpty() ? Path.of(System.getProperty("user.home"), ".paddock") : Path.of(said);
    }

    /** Without the blanks and quotes that shells and unit files leave around a value. */
    public static String trimmed(String text) {
        String rest = text.strip();
        int start = 0;
        int end = rest.length();
        while (start < end && around(rest.charAt(start))) start++;
        while (start < end && around(rest.charAt(end - 1))) end--;
        return rest.substring(start, end);
    }

    private static boolean around(char c) {
        return c == '"' || c == '\'' || c == ' ';
    }
}
