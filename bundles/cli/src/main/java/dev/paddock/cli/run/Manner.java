package dev.paddock.cli.run;

import dev.paddock.cli.modelfile.ParameterMap;

/** How a model is asked and how its answers are shown; what the user may change on the way. */
public final class Manner {
    private final ParameterMap parameters = new ParameterMap();
    private Object think;
    private boolean thinkingHidden;
    private boolean verbose;
    private boolean wrapped = true;
    private boolean historyKept = true;
    private String format = "";
    private String keepAlive = "";

    /** The model's options. */
    public ParameterMap parameters() {
        return parameters;
    }

    /** True, false or a level; null leaves it to the model. */
    public Object think() {
        return think;
    }

    public void think(Object wanted) {
        think = wanted;
    }

    /** Whether thoughts are left out of what is shown. */
    public boolean thinkingHidden() {
        return thinkingHidden;
    }

    public void thinkingHidden(boolean hidden) {
        thinkingHidden = hidden;
    }

    /** Whether lines are broken between words on a terminal. */
    public boolean wrapped() {
        return wrapped;
    }

    public void wrapped(boolean between) {
        wrapped = between;
    }

    /** Whether times and rates are shown after each answer. */
    public boolean verbose() {
        return verbose;
    }

    public void verbose(boolean shown) {
        verbose = shown;
    }

    /** Whether what is typed is kept for later sessions. */
    public boolean historyKept() {
        return historyKept;
    }

    public void historyKept(boolean kept) {
        historyKept = kept;
    }

    /** {@code json}, or empty. */
    public String format() {
        return format;
    }

    public void format(String wanted) {
        format = wanted;
    }

    /** How long the model stays loaded, as a duration; empty leaves it to the server. */
    public String keepAlive() {
        return keepAlive;
    }

    public void keepAlive(String duration) {
        keepAlive = duration;
    }
}
