package dev.paddock.hygiene;

import java.lang.annotation.Annotation;

/** Settings as an operator may write them; those that are not named have their defaults. */
record Settings(boolean enabled, String billing, String budget, String time, String session, String... lines)
        implements VolatileFragments.Config {
    static final Settings DEFAULT = new Settings(true, "remove", "move", "move", "off");

    Settings time(String action) {
        return new Settings(enabled, billing, budget, action, session, lines);
    }

    Settings session(String action) {
        return new Settings(enabled, billing, budget, time, action, lines);
    }

    Settings lines(String... patterns) {
        return new Settings(enabled, billing, budget, time, session, patterns);
    }

    Settings off() {
        return new Settings(false, billing, budget, time, session, lines);
    }

    VolatileFragments interceptor() {
        return new VolatileFragments(Rules.of(this));
    }

    @Override
    public Class<? extends Annotation> annotationType() {
        return VolatileFragments.Config.class;
    }
}
