package dev.paddock.prompt.go;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The functions of text/template and those that Ollama adds. */
final class Builtins {
    static final Map<String, Function> ALL = all();

    private Builtins() {}

    private static Map<String, Function> all() {
        Map<String, Function> all = new HashMap<>();
        // These two do not compute all of their arguments: see Evaluator.
        all.put("and", (arguments, run) -> null);
        all.put("or", (arguments, run) -> null);
        all.put("not", (arguments, run) -> !Values.truth(only("not", arguments)));
        all.put("call", (arguments, run) -> {
            throw new GoTemplateException("error calling call: there are no functions to call");
        });
        Comparing.addTo(all);
        ItemFunctions.addTo(all);
        TextFunctions.addTo(all);
        OllamaFunctions.addTo(all);
        return Map.copyOf(all);
    }

    /** The only argument. */
    static Object only(String function, List<Object> arguments) {
        count(function, arguments, 1);
        return arguments.getFirst();
    }

    static void count(String function, List<Object> arguments, int wanted) {
        if (arguments.size() != wanted) throw wrongCount(function, "" + wanted, arguments);
    }

    static void atLeast(String function, List<Object> arguments, int wanted) {
        if (arguments.size() < wanted) throw wrongCount(function, "at least " + wanted, arguments);
    }

    private static GoTemplateException wrongCount(String function, String wanted, List<Object> arguments) {
        return new GoTemplateException(
                "wrong number of args for " + function + ": want " + wanted + " got " + arguments.size());
    }
}
