package dev.paddock.prompt.format;

/** Reads the calls of one {@link TaggedCalls}. One thread. */
final class TaggedCallStretch extends CallStretch {
    private enum State {
        /** Behind what begins a row. */
        ROW,
        /** Before the name of a call. */
        NAME,
        /** Behind the opening tag of a call. Text may name the tag: it counts when another one follows. */
        NAMED,
        /** In a call, outside of its arguments. */
        CALL,
        /** Before the name of an argument. */
        KEY,
        VALUE,
        /** In arguments that are one JSON object. */
        JSON,
        /** Behind a call. */
        CLOSING
    }

    private final TaggedCalls syntax;
    private final TagOrder order;

    private State state;
    private String name;
    private TaggedValue value;
    private JsonFollower json;

    TaggedCallStretch(TaggedCalls syntax, String opening, Tools tools, TextStretch from) {
        super(opening, tools, from);
        this.syntax = syntax;
        this.state = syntax.inRows() ? State.ROW : State.NAME;
        this.order = TagOrder.of(syntax);
    }

    @Override
    Step step(Input in, Pieces out) {
        return switch (state) {
            case ROW -> row(in, out);
            case NAME -> name(in, out);
            case NAMED -> named(in, out);
            case CALL -> inCall(in);
            case KEY -> key(in);
            case VALUE -> value(in);
            case JSON -> json(in);
            case CLOSING -> closing(in);
        };
    }

    private Step row(Input in, Pieces out) {
        if (blank(in) && !in.ended()) return Step.WAIT;
        if (in.startsWith("{")) return asJson();
        if (in.startsWith(syntax.call().before())) {
            state = State.NAME;
            return take(in, syntax.call().before().length());
        }
        return in.mayStartWith(syntax.call().before(), 0) ? Step.WAIT : noCall(in, out);
    }

    private Step asJson() {
        return leave(syntax.asJson().begin(all(), tools, from));
    }

    private Step name(Input in, Pieces out) {
        if (syntax.call().behind().isEmpty()) {
            if (blank(in) && !in.ended()) return Step.WAIT;
            if (in.startsWith("{")) return asJson();
        }
        var head = syntax.call().head(in, 0);
        if (head.state() == NamedTag.Head.State.UNFINISHED) return Step.WAIT;
        if (!tools.known(head.name())) return noCall(in, out);
        name = head.name();
        state = State.NAMED;
        return take(in, head.length());
    }

    private Step named(Input in, Pieces out) {
        if (blank(in) && !in.ended()) return Step.WAIT;
        boolean isJson = in.startsWith("{");
        if (!in.isEmpty() && !isJson && in.first(order.inCall(), 0).isEmpty()) {
            return in.mayStartWith(order.inCall(), 0) ? Step.WAIT : noCall(in, out);
        }
        begin(name, out);
        json = new JsonFollower();
        state = isJson ? State.JSON : State.CALL;
        return Step.ON;
    }

    private Step inCall(Input in) {
        if (blank(in)) {
            if (!in.ended()) return Step.WAIT;
            return arguments.enough() ? complete() : broken(in);
        }
        var tag = in.first(order.inCall(), 0);
        if (tag.isEmpty()) return in.mayStartWith(order.inCall(), 0) ? Step.WAIT : broken(in);
        if (tag.get().equals(syntax.argument().before())) state = State.KEY;
        else if (!tag.get().equals(syntax.argument().close())) return complete();
        // A second closing tag of an argument says nothing.
        return take(in, tag.get().length());
    }

    private Step key(Input in) {
        var head = syntax.argument().head(in, 0);
        if (head.state() == NamedTag.Head.State.UNFINISHED) return Step.WAIT;
        if (head.state() == NamedTag.Head.State.NONE) return broken(in);
        take(in, head.length());
        arguments.begin(head.name());
        value = new TaggedValue(syntax, order, types(head), arguments);
        state = State.VALUE;
        return Step.ON;
    }

    /** A tag may say itself whether its value is text. */
    private ArgumentTypes types(NamedTag.Head head) {
        if (head.attributes().equals(NamedTag.TEXT)) return ArgumentTypes.TEXT;
        var types = arguments.types(head.name());
        return head.attributes().equals(NamedTag.JSON) ? types.withoutText() : types;
    }

    private Step value(Input in) {
        return switch (value.read(in, written)) {
            case OPEN -> Step.WAIT;
            case CUT -> broken(in);
            case ENDED -> {
                state = State.CALL;
                yield Step.ON;
            }
        };
    }

    private Step json(Input in) {
        while (!in.isEmpty()) {
            char c = in.next();
            written.append(c);
            arguments.add(json.text(c));
            json.accept(c);
            if (json.failed()) return broken(in);
            if (!json.done()) continue;
            arguments.completeAsIs(all());
            return over();
        }
        return in.ended() ? broken(in) : Step.WAIT;
    }

    private Step complete() {
        arguments.complete(all());
        return over();
    }

    private Step over() {
        arguments = null;
        state = State.CLOSING;
        return Step.ON;
    }

    private Step closing(Input in) {
        in.drop(in.blanks());
        if (in.isEmpty() && !in.ended()) return Step.WAIT;
        var tag = in.first(order.behindCall(), 0);
        if (tag.isEmpty() && in.mayStartWith(order.behindCall(), 0)) return Step.WAIT;
        if (tag.isPresent()) {
            opening = in.take(tag.get().length());
            if (tag.get().equals(syntax.call().before())) {
                written.setLength(0);
                state = State.NAME;
                return Step.ON;
            }
            if (!tag.get().equals(syntax.close()) && !syntax.close().isEmpty()) return Step.ON;
        }
        return leave();
    }
}
