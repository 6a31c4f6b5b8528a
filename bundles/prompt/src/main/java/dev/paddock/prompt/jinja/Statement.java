package dev.paddock.prompt.jinja;

import dev.paddock.prompt.jinja.Expression.FilterUse;
import java.util.List;
import java.util.Optional;

/** Syntax of what is done. {@code line} is where its tag stands. */
sealed interface Statement {
    int line();

    record Data(String text, int line) implements Statement {}

    record Print(Expression value, int line) implements Statement {}

    /** One body for each test, and the one of {@code else}, empty when there is none. */
    record If(List<Expression> tests, List<List<Statement>> bodies, List<Statement> otherwise, int line)
            implements Statement {}

    record For(
            Expression target,
            Expression items,
            Optional<Expression> test,
            List<Statement> body,
            List<Statement> otherwise,
            boolean recursive,
            int line)
            implements Statement {}

    record Set(Expression target, Expression value, int line) implements Statement {}

    record SetBlock(Expression target, List<FilterUse> filters, List<Statement> body, int line) implements Statement {}

    record FilterBlock(List<FilterUse> filters, List<Statement> body, int line) implements Statement {}

    /** A block: the variables around it are seen only when it is {@code scoped}. */
    record Block(List<Statement> body, boolean scoped, int line) implements Statement {}

    /** {@code {% autoescape flag %}}. */
    record Escaping(Expression flag, List<Statement> body, int line) implements Statement {}

    /** A nested scope: with and generation. */
    record Scoped(List<Expression> targets, List<Expression> values, List<Statement> body, int line)
            implements Statement {}

    /** A macro; the flags say which of Jinja's implicit variables its body uses. */
    record Macro(
            String name,
            List<String> parameters,
            List<Expression> defaults,
            List<Statement> body,
            Implicit implicit,
            int line)
            implements Statement {}

    /** {@code {% call f() %}body{% endcall %}}. */
    record CallBlock(Expression.Call call, Macro caller, int line) implements Statement {}

    record Break(int line) implements Statement {}

    record Continue(int line) implements Statement {}

    /** A tag that would load another template: refused when it is reached. */
    record Loading(String tag, int line) implements Statement {}

    /** Which of {@code caller}, {@code varargs} and {@code kwargs} a macro's body uses. */
    record Implicit(boolean caller, boolean varargs, boolean kwargs) {}
}
