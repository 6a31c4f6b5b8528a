package dev.paddock.prompt.jinja;

import java.util.List;
import java.util.Optional;

/** Syntax of what has a value. */
sealed interface Expression {
    record Constant(Object value) implements Expression {}

    record Name(String name) implements Expression {
        /** One object for each name: scopes compare them all the time. */
        public Name {
            name = name.intern();
        }
    }

    /** {@code [a, b]}, or with {@code tuple} {@code (a, b)}; also the target of an unpacking assignment. */
    record Sequence(List<Expression> items, boolean tuple) implements Expression {}

    record Mapping(List<Expression> keys, List<Expression> values) implements Expression {}

    record Attribute(Expression object, String name) implements Expression {}

    record Item(Expression object, Expression key) implements Expression {}

    record Slice(Expression object, Optional<Expression> start, Optional<Expression> stop, Optional<Expression> step)
            implements Expression {}

    record Call(Expression function, Arguments arguments) implements Expression {}

    /** {@code input|name(arguments)}; the input of a block's filters is the block's text. */
    record Filtered(Expression input, FilterUse filter) implements Expression {}

    record Tested(Expression input, String test, Arguments arguments, boolean negated) implements Expression {}

    record Not(Expression operand) implements Expression {}

    record Signed(Expression operand, boolean negative) implements Expression {}

    record And(Expression left, Expression right) implements Expression {}

    record Or(Expression left, Expression right) implements Expression {}

    record Arithmetic(String operator, Expression left, Expression right) implements Expression {}

    /** {@code a ~ b ~ c}. */
    record Concatenation(List<Expression> parts) implements Expression {}

    /** {@code a < b <= c}: one operator fewer than operands. */
    record Comparison(List<Expression> operands, List<String> operators) implements Expression {}

    /** {@code value if test else otherwise}. */
    record Conditional(Expression test, Expression value, Optional<Expression> otherwise) implements Expression {}

    /** A filter as it is applied to something. */
    record FilterUse(String name, Arguments arguments) {}
}
