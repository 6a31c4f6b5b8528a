package dev.paddock.prompt.format;

import dev.paddock.api.prompt.Tool;
import dev.paddock.prompt.json.JsonText;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The arguments of a call that come one by one, given out as one JSON object. One thread. */
final class OpenArguments {
    private final OpenCall call;
    private final Map<?, ?> schema;
    private final Map<?, ?> properties;
    private final Set<String> seen = new HashSet<>();
    private final StringBuilder more = new StringBuilder();

    OpenArguments(OpenCall call, Tool tool) {
        this.call = call;
        this.schema = Tools.parameters(tool);
        this.properties = schema.get("properties") instanceof Map<?, ?> map ? map : Map.of();
    }

    /** An argument begins; {@link #add} gives its value. */
    void begin(String name) {
        more.append(seen.isEmpty() ? "{" : ", ").append(JsonText.of(name)).append(": ");
        seen.add(name);
    }

    /** More of the JSON text. */
    void add(String json) {
        more.append(json);
    }

    /** More of the text of a string. */
    void addText(String text) {
        String quoted = JsonText.of(text);
        more.append(quoted, 1, quoted.length() - 1);
    }

    /** Whether the tool has such an argument, and it has not come yet. */
    boolean expects(String name) {
        return properties.containsKey(name) && !seen.contains(name);
    }

    /** The next argument in the tool's order that has not come. */
    Optional<String> next() {
        return properties.keySet().stream()
                .map(String::valueOf)
                .filter(name -> !seen.contains(name))
                .findFirst();
    }

    /** Whether the tool says which arguments it has. */
    boolean described() {
        return !properties.isEmpty();
    }

    ArgumentTypes types(String name) {
        return properties.get(name) instanceof Map<?, ?> property
                ? new ArgumentTypes(JsonType.allowedBy(property, schema))
                : new ArgumentTypes(Set.of());
    }

    /** Whether all have come that the tool needs, and one at least where it has any: the end of the call may be missing. */
    boolean enough() {
        boolean missing = schema.get("required") instanceof List<?> names && !seen.containsAll(names);
        return !missing && (!seen.isEmpty() || properties.isEmpty());
    }

    /** Gives out what has come. */
    void flush() {
        call.arguments(more.toString());
        more.setLength(0);
    }

    /** All arguments have come. */
    void complete(CharSequence written) {
        add(seen.isEmpty() ? "{}" : "}");
        completeAsIs(written);
    }

    /** All of the JSON object has been added. */
    void completeAsIs(CharSequence written) {
        flush();
        call.complete(written);
    }

    void broken(CharSequence written) {
        flush();
        call.broken(written);
    }
}
