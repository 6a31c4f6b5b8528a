package dev.paddock.prompt.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a filter, test, method or function takes; as in Python, anything else fails.
 *
 * @param name of the function, for messages
 * @param parameters their names
 * @param least so many of them must be given
 * @param byName whether they can be given by name
 */
record Signature(String name, List<String> parameters, int least, boolean byName) {
    /** Written as {@code name(needed, optional?)}, with a slash at the end when nothing can be given by name. */
    static Signature of(String written) {
        int open = written.indexOf('(');
        boolean byName = !written.endsWith("/)");
        List<String> names = new ArrayList<>();
        int least = 0;
        for (String parameter :
                written.substring(open + 1, written.length() - 1).split("[, /]+")) {
            if (parameter.isEmpty()) continue;
            boolean optional = parameter.endsWith("?");
            if (!optional) least++;
            names.add(optional ? parameter.substring(0, parameter.length() - 1) : parameter);
        }
        return new Signature(written.substring(0, open), List.copyOf(names), least, byName);
    }

    /** The arguments in the order of the parameters; {@link Undefined#MISSING} stands for what was not given. */
    CallArguments bound(CallArguments given) {
        if (given.count() > parameters.size()) throw wrongNumber(given.count());
        if (given.named().isEmpty() && given.count() >= least) return given;
        List<Object> values = new ArrayList<>(given.positional());
        while (values.size() < parameters.size()) values.add(Undefined.MISSING);
        for (var entry : given.named().entrySet()) {
            int index = byName ? parameters.indexOf(entry.getKey()) : -1;
            if (index < 0) throw failure("got an unexpected keyword argument '" + entry.getKey() + "'");
            if (index < given.count()) throw failure("got multiple values for argument '" + entry.getKey() + "'");
            values.set(index, entry.getValue());
        }
        for (int i = 0; i < least; i++) {
            if (values.get(i) == Undefined.MISSING) {
                throw failure("missing a required argument: '" + parameters.get(i) + "'");
            }
        }
        return new CallArguments(values, Map.of());
    }

    private TemplateException wrongNumber(int given) {
        return failure("takes at most " + parameters.size() + " arguments (" + given + " given)");
    }

    private TemplateException failure(String what) {
        return new TemplateException(name + "() " + what);
    }
}
