package dev.paddock.dialect.openai.responses;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.dialect.kit.Fields;
import java.util.ArrayList;
import java.util.List;

/** The text of an item: as such, or in parts. */
final class ItemText {
    private ItemText() {}

    /**
     * Reads one.
     *
     * @param between what stands between two parts
     * @throws PaddockException with {@link dev.paddock.api.fault.Fault#INVALID_REQUEST} naming the field
     */
    static String of(Fields item, String field, String between) {
        Object content = item.value(field).orElseThrow(() -> item.wrong(field, "a text or a list of parts"));
        if (content instanceof String text) return text;
        List<String> parts = new ArrayList<>();
        for (Fields part : item.objects(field)) parts.add(part(part));
        return String.join(between, parts);
    }

    private static String part(Fields part) {
        part.accept("annotations", "logprobs", "prompt_cache_breakpoint");
        String type = part.text("type").orElse("");
        return switch (type) {
            case "input_text", "output_text", "text", "summary_text", "reasoning_text" -> text(part, "text");
            case "refusal" -> text(part, "refusal");
            case "input_image", "input_file", "input_audio" -> throw part.unsupported(type);
            default -> throw part.wrong("type", "input_text, output_text or refusal");
        };
    }

    private static String text(Fields part, String field) {
        return part.text(field).orElseThrow(() -> part.wrong(field, "a string"));
    }
}
