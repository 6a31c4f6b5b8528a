package dev.paddock.prompt.go;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What Ollama adds to Go's functions. */
final class OllamaFunctions {
    private OllamaFunctions() {}

    static void addTo(Map<String, Function> functions) {
        functions.put("json", (arguments, run) -> GoJson.text(Builtins.only("json", arguments), run));
        // A format may be given, and is not looked at.
        functions.put("currentDate", (arguments, run) -> run.today().toString());
        functions.put(
                "yesterdayDate", (arguments, run) -> run.today().minusDays(1).toString());
        functions.put("toTypeScriptType", (arguments, run) -> typeScript(Builtins.only("toTypeScriptType", arguments)));
    }

    /** The TypeScript type of a tool's property. */
    private static String typeScript(Object property) {
        if (!(property instanceof GoStruct struct)) return "any";
        if (struct.fields().get("AnyOf") instanceof List<?> options && !options.isEmpty()) {
            return options.stream().map(OllamaFunctions::typeScript).collect(Collectors.joining(" | "));
        }
        if (!(struct.fields().get("Type") instanceof List<?> types) || types.isEmpty()) return "any";
        return types.stream().map(OllamaFunctions::mapped).collect(Collectors.joining(" | "));
    }

    private static String mapped(Object type) {
        return switch (String.valueOf(type)) {
            case "string" -> "string";
            case "number", "integer" -> "number";
            case "boolean" -> "boolean";
            case "array" -> "any[]";
            case "object" -> "Record<string, any>";
            case "null" -> "null";
            default -> "any";
        };
    }
}
