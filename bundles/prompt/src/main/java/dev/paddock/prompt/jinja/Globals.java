package dev.paddock.prompt.jinja;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The functions every template has. */
final class Globals {
    private static final long MOST_RANGE = 100_000;

    private static final Map<String, Function> FUNCTIONS = Map.of(
            "range", (run, arguments) -> range(arguments),
            "dict", (run, arguments) -> dict(arguments),
            "namespace", (run, arguments) -> namespace(arguments),
            "cycler", (run, arguments) -> new Cycler(arguments.positional()),
            "joiner", (run, arguments) -> joiner(arguments.get(0, "sep", ", ")),
            "raise_exception",
                    (run, arguments) -> {
                        throw new TemplateException.Raised(Printing.text(arguments.get(0, "message", "")));
                    },
            "strftime_now",
                    (run, arguments) ->
                            DateFormat.format(run.now(), Text.require(arguments.get(0, "format", null), "format")));

    private Globals() {}

    static void addTo(Scope scope) {
        FUNCTIONS.forEach(scope::set);
    }

    static boolean has(String name) {
        return FUNCTIONS.containsKey(name);
    }

    private static NumberRange range(CallArguments arguments) {
        arguments.between(1, 3, "range");
        List<Integer> numbers = arguments.positional().stream()
                .map(value -> Numbers.index(value, "range argument"))
                .toList();
        var range =
                switch (numbers.size()) {
                    case 1 -> new NumberRange(0, numbers.getFirst(), 1);
                    case 2 -> new NumberRange(numbers.get(0), numbers.get(1), 1);
                    default -> new NumberRange(numbers.get(0), numbers.get(1), numbers.get(2));
                };
        if (range.step() == 0) throw new TemplateException("range() arg 3 must not be zero");
        if (range.length() > MOST_RANGE) {
            throw new TemplateException(
                    "Range too big. The sandbox blocks ranges larger than MAX_RANGE (" + MOST_RANGE + ").");
        }
        return range;
    }

    private static Map<Object, Object> dict(CallArguments arguments) {
        Map<Object, Object> dict = new LinkedHashMap<>();
        if (arguments.count() > 0) {
            Object given = arguments.positional().getFirst();
            for (Object pair : given instanceof Map<?, ?> from ? Dicts.items(from) : Values.list(given)) {
                List<Object> two = Values.list(pair);
                if (two.size() != 2) throw new TemplateException("dict() needs pairs");
                Dicts.put(dict, two.get(0), two.get(1));
            }
        }
        dict.putAll(arguments.named());
        return dict;
    }

    private static Namespace namespace(CallArguments arguments) {
        var namespace = new Namespace();
        if (arguments.count() > 0) {
            dict(arguments).forEach((name, value) -> namespace.values().put(Printing.text(name), value));
        }
        namespace.values().putAll(arguments.named());
        return namespace;
    }

    /** Gives nothing the first time, then what separates. */
    private static Function joiner(Object separator) {
        boolean[] used = {false};
        return (run, arguments) -> {
            if (used[0]) return separator;
            used[0] = true;
            return "";
        };
    }

    /** Goes round and round through its items. */
    private static final class Cycler implements Attributed {
        private final List<Object> items;
        private int position;

        Cycler(List<Object> items) {
            if (items.isEmpty()) throw new TemplateException("at least one item has to be provided");
            this.items = items;
        }

        @Override
        public Object attribute(String name) {
            return switch (name) {
                case "current" -> items.get(position);
                case "next" ->
                    (Function) (run, arguments) -> {
                        Object current = items.get(position);
                        position = (position + 1) % items.size();
                        return current;
                    };
                case "reset" ->
                    (Function) (run, arguments) -> {
                        position = 0;
                        return null;
                    };
                default -> Undefined.MISSING;
            };
        }
    }
}
