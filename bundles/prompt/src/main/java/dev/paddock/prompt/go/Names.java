package dev.paddock.prompt.go;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which fields a template looks at, as it writes them. */
record Names(Set<String> found) {
    static Set<String> of(Tree tree) {
        var names = new Names(new TreeSet<>());
        names.all(tree.root());
        tree.templates().values().forEach(names::all);
        return names.found();
    }

    /** Whether a pipeline looks at a field of this name, in its own case. */
    static boolean uses(Pipe pipe, String field) {
        return pipe.commands().stream()
                .anyMatch(command -> uses(command.first(), field)
                        || command.arguments().stream().anyMatch(o -> uses(o, field)));
    }

    private static boolean uses(Operand operand, String field) {
        return switch (operand) {
            case Operand.Field own -> own.names().contains(field);
            case Operand.Variable variable -> variable.fields().contains(field);
            case Operand.Chain chain -> chain.fields().contains(field) || uses(chain.owner(), field);
            case Operand.Nested nested -> uses(nested.pipe(), field);
            default -> false;
        };
    }

    private void all(List<Node> nodes) {
        for (var node : nodes) {
            switch (node) {
                case Node.Action action -> pipe(action.pipe());
                case Node.Call call -> call.pipe().ifPresent(this::pipe);
                case Node.Branch branch -> {
                    pipe(branch.pipe());
                    all(branch.body());
                    all(branch.otherwise());
                }
                default -> {}
            }
        }
    }

    private void pipe(Pipe pipe) {
        for (var command : pipe.commands()) {
            operand(command.first());
            command.arguments().forEach(this::operand);
        }
    }

    private void operand(Operand operand) {
        switch (operand) {
            case Operand.Field field -> add(field.names());
            case Operand.Variable variable -> add(variable.fields());
            case Operand.Chain chain -> {
                operand(chain.owner());
                add(chain.fields());
            }
            case Operand.Nested nested -> pipe(nested.pipe());
            default -> {}
        }
    }

    private void add(List<String> names) {
        found.addAll(names);
    }
}
