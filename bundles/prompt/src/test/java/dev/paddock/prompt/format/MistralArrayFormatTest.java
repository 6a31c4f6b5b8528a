package dev.paddock.prompt.format;

import dev.paddock.api.prompt.ChatFormat;
import java.util.List;

/** Mistral's models up to Small 3.1. */
class MistralArrayFormatTest extends JsonCallsContract {
    @Override
    ChatFormat format() {
        return new MistralFormat();
    }

    @Override
    String template() {
        return "[TOOL_CALLS]";
    }

    @Override
    String opening() {
        return "[TOOL_CALLS]";
    }

    @Override
    String closing() {
        return "";
    }

    @Override
    List<Case> own() {
        return arrays();
    }
}
