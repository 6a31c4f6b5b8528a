package dev.paddock.dialect.anthropic;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.dialect.kit.Fields;
import java.util.ArrayList;
import java.util.List;

/** What blocks say as text: those that system prompts, messages, tools' results and documents may hold. */
final class TextBlocks {
    private TextBlocks() {}

    /** A field that is a text or a list of blocks, as one text; empty when it is absent. */
    static String joined(Fields holder, String field, String between) {
        if (holder.value(field).orElse("") instanceof String text) return text;
        return String.join(
                between, holder.objects(field).stream().map(TextBlocks::text).toList());
    }

    /** The text of one block. */
    static String text(Fields block) {
        block.accept("cache_control");
        return switch (block.text("type").orElse("")) {
            case "text" -> block.text("text").orElseThrow(() -> block.wrong("text", "a string"));
            case "document" -> document(block);
            case "search_result" -> found(block);
            case "image" -> throw unseen(block, "an image", "describe it in a text");
            default -> throw block.wrong("type", "text, document or search_result");
        };
    }

    private static String document(Fields block) {
        Fields source = block.object("source").orElseThrow(() -> block.wrong("source", "an object"));
        String said =
                switch (source.text("type").orElse("")) {
                    case "text" -> {
                        source.accept("media_type");
                        yield source.text("data").orElseThrow(() -> source.wrong("data", "a string"));
                    }
                    case "content" -> joined(source, "content", "\n");
                    case "base64", "url", "file" ->
                        throw unseen(source, "a document that is no text", "send its text as {\"type\": \"text\"}");
                    default -> throw source.wrong("type", "text or content");
                };
        List<String> parts = new ArrayList<>();
        block.text("title").ifPresent(parts::add);
        block.text("context").ifPresent(parts::add);
        parts.add(said);
        return String.join("\n", parts);
    }

    private static String found(Fields block) {
        String title = block.text("title").orElse("");
        String source = block.text("source").orElse("");
        return String.join("\n", title, source, joined(block, "content", "\n"));
    }

    private static PaddockException unseen(Fields holder, String what, String advice) {
        return new PaddockException(
                Fault.UNSUPPORTED,
                "\"" + holder.at("type") + "\": " + what + ", which no model can read in this version of Paddock; "
                        + advice);
    }
}
