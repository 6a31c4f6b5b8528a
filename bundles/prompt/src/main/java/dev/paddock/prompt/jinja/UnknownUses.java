package dev.paddock.prompt.jinja;

import java.util.ArrayList;
import java.util.List;

/**
 * Notes, while a template is parsed, filters and tests that do not exist. As in Jinja they are errors of the template
 * where nothing decides whether they run; within a condition they fail when they do. One thread.
 */
final class UnknownUses {
    private final List<TemplateException> found = new ArrayList<>();
    private boolean conditional;

    /** Says whether what follows depends on a condition; gives what was so before. */
    boolean conditional(boolean now) {
        boolean before = conditional;
        conditional = now;
        return before;
    }

    void filter(String name, Place at) {
        if (!Filters.exists(name)) note("No filter named '" + name + "'.", at);
    }

    void test(String name, Place at) {
        if (!Checks.exists(name)) note("No test named '" + name + "'.", at);
    }

    private void note(String message, Place at) {
        if (!conditional) found.add(new TemplateException.Syntax(message, at));
    }

    int count() {
        return found.size();
    }

    /** What was noted since then depends on a condition after all. */
    void forgetBehind(int count) {
        found.subList(count, found.size()).clear();
    }

    /**
     * The template is parsed.
     *
     * @throws TemplateException when something was noted
     */
    void check() {
        if (!found.isEmpty()) throw found.getFirst();
    }
}
