package dev.paddock.runner.llama;

import dev.paddock.api.fault.Fault;
import java.util.Map;

/** What may be set in the C environment. */
final class Variables {
    private Variables() {}

    /** @throws LlamaException when a name is none of A-Z, 0-9 and _, or a value holds a NUL */
    static void check(Map<String, String> variables) {
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            String name = variable.getKey();
            if (!named(name)) {
                throw invalid("'" + name + "' is no name of a variable; it must be of A-Z, 0-9 and _");
            }
            if (variable.getValue().indexOf('\0') >= 0) throw invalid("the value of " + name + " holds a NUL");
        }
    }

    private static boolean named(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if ((c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '_') return false;
        }
        return !name.isEmpty();
    }

    private static LlamaException invalid(String message) {
        return new LlamaException(Fault.INVALID_REQUEST, "environment: " + message);
    }
}
