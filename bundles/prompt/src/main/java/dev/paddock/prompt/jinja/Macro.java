package dev.paddock.prompt.jinja;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A macro where it was defined: calling it gives its text. */
record Macro(Statement.Macro definition, Scope closure, Executor executor) implements Function, Attributed {
    /** Empty for the body of a call block. */
    String name() {
        return definition.name();
    }

    @Override
    public Object call(Run run, CallArguments arguments) {
        run.call();
        int line = run.line();
        Scope scope = new Scope(closure);
        Map<String, Object> rest = new LinkedHashMap<>(arguments.named());
        bindParameters(scope, arguments.positional(), rest);
        bindCaller(scope, rest);
        bindRest(scope, arguments.positional(), rest);
        String text = executor.text(definition.body(), scope);
        run.at(line);
        run.leaveCall();
        return text;
    }

    private void bindParameters(Scope scope, List<Object> positional, Map<String, Object> named) {
        var parameters = definition.parameters();
        int firstDefault = parameters.size() - definition.defaults().size();
        for (int i = 0; i < parameters.size(); i++) {
            String parameter = parameters.get(i);
            if (i < positional.size()) {
                scope.set(parameter, positional.get(i));
            } else if (named.containsKey(parameter)) {
                scope.set(parameter, named.remove(parameter));
            } else if (i >= firstDefault) {
                var absent = definition.defaults().get(i - firstDefault);
                scope.set(parameter, executor.evaluator().value(absent, scope));
            } else {
                scope.set(parameter, Undefined.because("parameter '" + parameter + "' was not provided"));
            }
        }
    }

    private void bindCaller(Scope scope, Map<String, Object> named) {
        boolean expected =
                definition.implicit().caller() && !definition.parameters().contains("caller");
        if (expected) {
            Object given = named.remove("caller");
            scope.set("caller", given == null ? Undefined.because("No caller defined") : given);
        } else if (named.containsKey("caller") && !definition.implicit().kwargs()) {
            throw failure("was invoked with two values for the special caller argument. This is most likely a bug.");
        }
    }

    private void bindRest(Scope scope, List<Object> positional, Map<String, Object> named) {
        int known = definition.parameters().size();
        if (definition.implicit().kwargs()) {
            scope.set("kwargs", new MadeDict(named));
        } else if (!named.isEmpty()) {
            throw failure(
                    "takes no keyword argument '" + named.keySet().iterator().next() + "'");
        }
        if (definition.implicit().varargs()) {
            scope.set("varargs", new Tuple(positional.subList(Math.min(known, positional.size()), positional.size())));
        } else if (positional.size() > known) {
            throw failure("takes not more than " + known + " argument(s)");
        }
    }

    private TemplateException failure(String what) {
        return new TemplateException("macro '" + definition.name() + "' " + what);
    }

    @Override
    public Object attribute(String name) {
        return switch (name) {
            case "name" -> definition.name().isEmpty() ? null : definition.name();
            case "arguments" -> new Tuple(definition.parameters());
            case "caller" -> definition.implicit().caller();
            case "catch_kwargs" -> definition.implicit().kwargs();
            case "catch_varargs" -> definition.implicit().varargs();
            default -> Undefined.MISSING;
        };
    }
}
