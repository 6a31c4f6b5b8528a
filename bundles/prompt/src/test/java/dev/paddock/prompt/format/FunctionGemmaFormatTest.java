package dev.paddock.prompt.format;

import dev.paddock.api.prompt.ChatFormat;

class FunctionGemmaFormatTest extends GemmaContract {
    @Override
    ChatFormat format() {
        return new FunctionGemmaFormat();
    }

    @Override
    String opening() {
        return "<start_function_call>";
    }

    @Override
    String closing() {
        return "<end_function_call>";
    }

    @Override
    String quote() {
        return "<escape>";
    }
}
