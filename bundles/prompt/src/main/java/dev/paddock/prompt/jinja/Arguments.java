package dev.paddock.prompt.jinja;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The arguments of a call as written.
 *
 * @param positional in order
 * @param named {@code name=value}
 * @param spread {@code *list}
 * @param spreadNamed {@code **mapping}
 */
record Arguments(
        List<Expression> positional,
        Map<String, Expression> named,
        Optional<Expression> spread,
        Optional<Expression> spreadNamed) {
    static final Arguments NONE = new Arguments(List.of(), Map.of(), Optional.empty(), Optional.empty());
}
