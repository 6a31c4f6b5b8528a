package dev.paddock.prompt.format;

/** Reads calls whose arguments come one by one, in steps. What turns out to be no call is given back as text. One thread. */
abstract class CallStretch implements Stretch {
    /** What a step came to. */
    enum Step {
        /** Something was read, go on. */
        ON,
        /** More must come. */
        WAIT,
        /** The calls are over. */
        LEAVE
    }

    final Tools tools;
    final TextStretch from;
    /** What is given back as text when no call comes. */
    String opening;
    /** What was read behind that. */
    final StringBuilder written = new StringBuilder();
    /** Of the call that is read; null outside of calls. */
    OpenArguments arguments;

    private Stretch next;

    CallStretch(String opening, Tools tools, TextStretch from) {
        this.opening = opening;
        this.tools = tools;
        this.from = from;
    }

    abstract Step step(Input in, Pieces out);

    @Override
    public final Stretch read(Input in, Pieces out) {
        Step step = step(in, out);
        while (step == Step.ON) step = step(in, out);
        if (step == Step.LEAVE) return next;
        if (arguments != null) arguments.flush();
        return this;
    }

    /** Takes white space; whether nothing else is here. */
    final boolean blank(Input in) {
        written.append(in.take(in.blanks()));
        return in.isEmpty();
    }

    final Step take(Input in, int count) {
        written.append(in.take(count));
        return Step.ON;
    }

    /** A call of a known tool begins. */
    final void begin(String name, Pieces out) {
        arguments = new OpenArguments(out.begin(name), tools.byName().get(name));
    }

    /** All that was written of the call that is read. */
    final String all() {
        return opening + written;
    }

    final Step leave(Stretch to) {
        next = to;
        return Step.LEAVE;
    }

    final Step leave() {
        return leave(from.afterGap());
    }

    /** What was no call is text, and what follows its opening is read again. */
    final Step noCall(Input in, Pieces out) {
        in.giveBack(written.toString());
        return leave(from.afterText(opening, out));
    }

    /** Gives the call up; where the answer has ended, all that is left belongs to it. */
    final Step broken(Input in) {
        if (in.ended()) take(in, in.length());
        arguments.broken(all());
        arguments = null;
        return leave();
    }
}
