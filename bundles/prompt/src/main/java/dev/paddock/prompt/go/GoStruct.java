package dev.paddock.prompt.go;

import java.util.Map;

/**
 * A Go struct: it has these fields and no others. It prints as JSON.
 *
 * @param type its name, for messages
 * @param fields by Go's names
 * @param json what it is in JSON, keys in the order they are written
 */
public record GoStruct(String type, Map<String, Object> fields, Map<String, Object> json) implements Shown {
    @Override
    public String text(Run run) {
        return GoJson.text(this, run);
    }
}
