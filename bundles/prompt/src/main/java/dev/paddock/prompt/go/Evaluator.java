package dev.paddock.prompt.go;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Computes values. */
record Evaluator(Map<String, Function> functions, Run run, Variables variables) {
    Evaluator with(Variables other) {
        return new Evaluator(functions, run, other);
    }

    /** The value of a pipeline, which sets its variables. */
    Object pipe(Pipe pipe, Object dot) {
        Object value = value(pipe, dot);
        for (String name : pipe.variables()) {
            if (pipe.assigns()) variables.set(name, value);
            else variables.add(name, value);
        }
        return value;
    }

    /** The value alone. */
    Object value(Pipe pipe, Object dot) {
        Optional<Value> last = Optional.empty();
        for (var command : pipe.commands()) last = Optional.of(new Value(command(command, dot, last)));
        return last.map(Value::value).orElse(null);
    }

    /** What the command before gave, which may be nil. */
    private record Value(Object value) {}

    private Object command(Pipe.Command command, Object dot, Optional<Value> last) {
        Operand first = command.first();
        run.at(first.at());
        if (first instanceof Operand.Function function) return call(function, command.arguments(), dot, last);
        if (!command.arguments().isEmpty() || last.isPresent()) {
            throw new GoTemplateException("can't give argument to non-function " + first.describe());
        }
        if (first instanceof Operand.Nil) throw new GoTemplateException("nil is not a command");
        return operand(first, dot);
    }

    private Object operand(Operand operand, Object dot) {
        run.work(1);
        return switch (operand) {
            case Operand.Dot here -> dot;
            case Operand.Nil nil -> null;
            case Operand.Literal literal -> literal.value();
            case Operand.Field field -> fields(dot, field.names());
            case Operand.Variable variable -> fields(variables.get(variable.name()), variable.fields());
            case Operand.Chain chain -> fields(operand(chain.owner(), dot), chain.fields());
            case Operand.Nested nested -> pipe(nested.pipe(), dot);
            case Operand.Function function -> call(function, List.of(), dot, Optional.empty());
        };
    }

    /** Fields of no data at all are nil; those of a nil field are refused, as in Go. */
    private Object fields(Object owner, List<String> names) {
        Object value = owner;
        for (int i = 0; i < names.size(); i++) {
            if (value == null && i == 0) return null;
            value = field(value, names.get(i));
        }
        return value;
    }

    private Object field(Object owner, String name) {
        return switch (owner) {
            case null -> throw new GoTemplateException("nil pointer evaluating interface {}." + name);
            case GoStruct struct
            when struct.fields().containsKey(name) -> struct.fields().get(name);
            case Map<?, ?> map -> map.get(name);
            default ->
                throw new GoTemplateException("can't evaluate field " + name + " in type " + Values.typeName(owner));
        };
    }

    private Object call(Operand.Function function, List<Operand> operands, Object dot, Optional<Value> last) {
        run.work(1);
        String name = function.name();
        if (name.equals("and") || name.equals("or")) return logic(name, operands, dot, last);
        List<Object> arguments = new ArrayList<>(operands.size() + 1);
        for (var operand : operands) arguments.add(operand(operand, dot));
        last.ifPresent(value -> arguments.add(value.value()));
        run.at(function.at());
        return functions.get(name).call(arguments, run);
    }

    /** Stops at the first argument that decides. */
    private Object logic(String name, List<Operand> operands, Object dot, Optional<Value> last) {
        if (operands.isEmpty() && last.isEmpty()) {
            throw new GoTemplateException("wrong number of args for " + name + ": want at least 1 got 0");
        }
        Object value = null;
        for (var operand : operands) {
            value = operand(operand, dot);
            if (Values.truth(value) == name.equals("or")) return value;
        }
        return last.isPresent() ? last.get().value() : value;
    }
}
