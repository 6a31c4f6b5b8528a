package dev.paddock.prompt.go;

import java.util.ArrayList;
import java.util.List;

/** The variables of one template's run, innermost last. One thread. */
final class Variables {
    private static final class Variable {
        private final String name;
        private Object value;

        Variable(String name, Object value) {
            this.name = name;
            this.value = value;
        }
    }

    private final List<Variable> stack = new ArrayList<>();

    Variables(Object dot) {
        add("$", dot);
    }

    int mark() {
        return stack.size();
    }

    void backTo(int mark) {
        stack.subList(mark, stack.size()).clear();
    }

    void add(String name, Object value) {
        stack.add(new Variable(name, value));
    }

    Object get(String name) {
        return find(name).value;
    }

    void set(String name, Object value) {
        find(name).value = value;
    }

    private Variable find(String name) {
        for (int i = stack.size() - 1; i >= 0; i--) {
            if (stack.get(i).name.equals(name)) return stack.get(i);
        }
        throw new GoTemplateException("undefined variable: " + name);
    }
}
