package dev.paddock.settings;

import dev.paddock.api.settings.Setting;
import dev.paddock.api.settings.UserEnvironment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The environment as settings. What it holds for us and cannot be used is complained of by name, never dropped in
 * silence.
 */
final class Environment {
    private final Map<String, String> variables;
    private final Consumer<String> complaints;

    Environment(Map<String, String> variables, Consumer<String> complaints) {
        this.variables = variables;
        this.complaints = complaints;
    }

    /** The values set, each with the variable's name as its source. */
    List<Setting> settings() {
        List<Setting> settings = new ArrayList<>();
        for (Variable variable : Variables.READ) {
            if (!read(Variables.PADDOCK, variable, settings)) read(Variables.OLLAMA, variable, settings);
        }
        new TreeSet<>(variables.keySet()).forEach(this::complainOfUnread);
        return settings;
    }

    private boolean read(String prefix, Variable variable, List<Setting> settings) {
        String name = prefix + variable.name();
        String text = UserEnvironment.trimmed(variables.getOrDefault(name, ""));
        if (text.isEmpty()) return false;
        try {
            variable.reader()
                    .read(text, complaint -> complaints.accept("environment variable " + name + ": " + complaint))
                    .forEach((key, value) -> settings.add(new Setting(variable.pid(), key, value, name)));
        } catch (IllegalArgumentException e) {
            complaints.accept("environment variable " + name + "=\"" + text + "\" is not used: it " + e.getMessage()
                    + "; " + variable.pid() + " keeps its default");
        }
        return true;
    }

    private void complainOfUnread(String name) {
        if (name.startsWith(Variables.PADDOCK) && !known(name.substring(Variables.PADDOCK.length()))) {
            complaints.accept("environment variable " + name + " is not known to Paddock and has no effect; known are "
                    + String.join(", ", new TreeSet<>(names())));
        }
        if (name.startsWith(Variables.OLLAMA)
                && Variables.UNSUPPORTED.contains(name.substring(Variables.OLLAMA.length()))
                && !variables.get(name).isBlank()) {
            complaints.accept("environment variable " + name + " has no effect: this Paddock cannot do that");
        }
    }

    private static boolean known(String name) {
        return Variables.READ_ELSEWHERE.contains(name)
                || Variables.READ.stream().anyMatch(variable -> variable.name().equals(name));
    }

    private static List<String> names() {
        return Variables.READ.stream().map(v -> Variables.PADDOCK + v.name()).toList();
    }
}
