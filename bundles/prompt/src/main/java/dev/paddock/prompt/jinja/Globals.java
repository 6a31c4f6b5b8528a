package dev.paddock.prompt.jinja;

import java.util.List;
import java.util.Map;

/** The functions every template has. */
final class Globals {
    private static final long MOST_RANGE = 100_000;
    private static final Signature RAISE = Signature.of("raise_exception(message)");
    private static final Signature NOW = Signature.of("strftime_now(format)");
    private static final Signature JOINER = Signature.of("joiner(sep?)");

    private static final Map<String, Function> FUNCTIONS = Map.of(
            "range", (run, arguments) -> range(arguments),
            "dict", Globals::dict,
            "namespace", Globals::namespace,
            "cycler", (run, arguments) -> new Cycler(arguments.positional()),
            "joiner", (run, arguments) -> joiner(JOINER.bound(arguments).get(0, ", ")),
            "lipsum",
                    (run, arguments) -> {
                        throw new TemplateException("lipsum() is not available: a prompt is no page");
                    },
            "raise_exception",
                    (run, arguments) -> {
                        Object message = RAISE.bound(arguments).get(0);
                        throw new TemplateException.Raised(Printing.text(run, message));
                    },
            "strftime_now",
                    (run, arguments) -> {
                        String format = Text.require(NOW.bound(arguments).get(0), "format");
                        return DateFormat.format(run.now(), format);
                    });

    private Globals() {}

    static void addTo(Scope scope) {
        FUNCTIONS.forEach(scope::set);
    }

    static boolean has(String name) {
        return FUNCTIONS.containsKey(name);
    }

    private static NumberRange range(CallArguments arguments) {
        int count = arguments.count();
        if (count < 1 || count > 3 || !arguments.named().isEmpty()) {
            throw new TemplateException("range() takes 1 to 3 arguments");
        }
        List<Integer> numbers = arguments.positional().stream()
                .map(value -> Numbers.index(value, "range argument"))
                .toList();
        var range =
                switch (count) {
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

    private static MadeDict dict(Run run, CallArguments arguments) {
        if (arguments.count() > 1) throw new TemplateException("dict expected at most 1 argument");
        MadeDict dict = new MadeDict();
        if (arguments.count() > 0) {
            Object given = Undefined.require(arguments.get(0));
            for (Object pair : given instanceof Map<?, ?> from ? Dicts.items(run, from) : Values.list(run, given)) {
                List<Object> two = Values.list(run, pair);
                if (two.size() != 2) throw new TemplateException("dict() needs pairs");
                Dicts.put(run, dict, two.get(0), two.get(1));
            }
        }
        arguments.named().forEach((name, value) -> Dicts.put(run, dict, name, value));
        return dict;
    }

    private static Namespace namespace(Run run, CallArguments arguments) {
        return new Namespace(dict(run, arguments));
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
