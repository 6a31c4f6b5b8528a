package dev.paddock.prompt.format;

import java.util.List;
import java.util.stream.Stream;

/**
 * Which tags of a {@link TaggedCalls} may stand where, also where some are missing. Immutable.
 *
 * @param inCall in a call, outside of its arguments
 * @param behindCall behind a call
 * @param inValue what may end a value
 * @param behindValue behind a value's closing tag
 * @param behindEnd behind a call's closing tag that ends a value
 */
record TagOrder(
        List<String> inCall,
        List<String> behindCall,
        List<String> inValue,
        List<String> behindValue,
        List<String> behindEnd) {
    static TagOrder of(TaggedCalls syntax) {
        var call = syntax.call();
        var argument = syntax.argument();
        List<String> within = present(
                argument.before(), call.close(), argument.close(), syntax.close(), syntax.open(), call.before());
        return new TagOrder(
                within,
                present(call.close(), syntax.close(), call.before()),
                present(argument.close(), argument.before(), call.close(), syntax.close()),
                within,
                present(syntax.close(), syntax.open(), call.before()));
    }

    private static List<String> present(String... tags) {
        return Stream.of(tags).filter(tag -> !tag.isEmpty()).distinct().toList();
    }
}
