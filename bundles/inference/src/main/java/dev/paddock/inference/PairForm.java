package dev.paddock.inference;

import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.util.Map;
import java.util.Optional;

/**
 * How a reranker wants a question and a document written, by its metadata; as llama.cpp's server does it.
 *
 * @param template text with {@code {query}} and {@code {document}}
 * @param separator id of the token between two texts; -1 = none
 * @param end id of the token that ends a text; -1 = none
 * @param doubled the separator follows the one that ends the question, unless the file says otherwise
 */
record PairForm(Optional<String> template, int separator, int end, boolean doubled) {
    private static final String QUERY = "{query}";
    private static final String DOCUMENT = "{document}";

    /** Reads a GGUF file's key-values. */
    static PairForm of(Map<String, Object> metadata) {
        // WordPiece has one separator between texts, which also ends them; the others (XLM-R, RoBERTa) have two.
        boolean doubled = !"bert".equals(metadata.get("tokenizer.ggml.model"));
        if (doubled && metadata.get("tokenizer.ggml.add_sep_token") instanceof Boolean said) doubled = said;
        var template = Optional.ofNullable(metadata.get("tokenizer.chat_template.rerank"))
                .map(Object::toString)
                .filter(text -> text.contains(QUERY) && text.contains(DOCUMENT));
        int end = id(metadata, "tokenizer.ggml.eos_token_id");
        int separator = id(metadata, "tokenizer.ggml.seperator_token_id"); // misspelt in the format itself
        return new PairForm(template, separator, end, doubled);
    }

    private static int id(Map<String, Object> metadata, String key) {
        return metadata.get(key) instanceof Number id ? id.intValue() : -1;
    }

    /**
     * What stands before and after each document.
     *
     * @throws PaddockException with {@link Fault#UNSUPPORTED} when nothing could part the texts
     */
    Frame around(String name, LoadedModel model, String query) {
        int[] question = model.tokenize(query, false, false);
        if (template.isPresent()) return written(template.get(), model, question);
        var frame = Frame.of(model);
        int[] between = between(name, frame.closing());
        checkTokens(name, model, between);
        return new Frame(Frame.join(frame.opening(), question, between), frame.closing());
    }

    private int[] between(String name, int[] closing) {
        int second = separator >= 0 ? separator : end;
        if (closing.length == 0) {
            if (second >= 0) return new int[] {second};
            throw new PaddockException(
                    Fault.UNSUPPORTED, name + " has no token to part a question from a document; it cannot rerank");
        }
        boolean two = doubled && second >= 0 && closing[closing.length - 1] == end;
        return two ? Frame.join(closing, new int[] {second}) : closing;
    }

    private static void checkTokens(String name, LoadedModel model, int[] tokens) {
        for (int token : tokens) {
            if (token < 0 || token >= model.facts().vocabulary()) {
                throw new PaddockException(
                        Fault.MODEL_DAMAGED, name + ": its separator token " + token + " is not in its vocabulary");
            }
        }
    }

    private static Frame written(String text, LoadedModel model, int[] question) {
        int document = text.indexOf(DOCUMENT);
        return new Frame(
                filled(text.substring(0, document), model, question),
                filled(text.substring(document + DOCUMENT.length()), model, question));
    }

    private static int[] filled(String text, LoadedModel model, int[] question) {
        int query = text.indexOf(QUERY);
        if (query < 0) return literal(text, model);
        int[] before = literal(text.substring(0, query), model);
        return Frame.join(before, question, filled(text.substring(query + QUERY.length()), model, question));
    }

    private static int[] literal(String text, LoadedModel model) {
        return text.isEmpty() ? new int[0] : model.tokenize(text, false, true);
    }
}
