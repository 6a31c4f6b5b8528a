package dev.paddock.modelfile.convert.vocab;

import dev.paddock.modelfile.convert.Config;
import dev.paddock.modelfile.convert.ModelFiles;
import dev.paddock.modelfile.convert.Refused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds out which tokenizer a model has, and reads it. */
public final class VocabularyFiles {
    private static final long MODEL_BYTES = 16L << 20;
    private static final long TEXT_BYTES = 16L << 20;

    private final ModelFiles files;
    private final Config model;
    private final int size;
    private final Consumer<String> note;
    private SentencePieceFile pieces;

    private VocabularyFiles(ModelFiles files, Config model, int size, Consumer<String> note) {
        this.files = files;
        this.model = model;
        this.size = size;
        this.note = note;
    }

    /**
     * Reads a model's tokenizer.
     *
     * @param model its configuration
     * @param size rows that the model has for tokens
     * @param note hears what will differ from the original
     */
    public static Vocabulary read(ModelFiles files, Config model, int size, Consumer<String> note) throws IOException {
        return new VocabularyFiles(files, model, size, note).read();
    }

    private Vocabulary read() throws IOException {
        Optional<Path> path = files.find("tokenizer.json");
        TokenizerJson json = path.isPresent() ? TokenizerJson.read(path.get()) : null;
        Vocabulary vocabulary = tokens(json);
        SpecialTokens.find(vocabulary, files, json, model);
        if (pieces != null) SpecialTokens.ofPieces(vocabulary, pieces, json == null);
        SpecialTokens.withoutMore(vocabulary);
        ChatTemplates.find(vocabulary, files);
        int free = vocabulary.size() - vocabulary.filled();
        if (free > vocabulary.size() / 2) {
            throw Refused.because("the tokenizer has " + vocabulary.filled() + " tokens, the model has rows for "
                    + vocabulary.size() + ": they do not belong together");
        }
        return vocabulary;
    }

    private Vocabulary tokens(TokenizerJson json) throws IOException {
        AddedTokens added = AddedTokens.read(files, json);
        Optional<Path> file = files.find("tokenizer.model");
        if (file.isPresent()) {
            pieces = SentencePieceFile.parse(ModelFiles.bytes("tokenizer.model", file.get(), MODEL_BYTES));
            return spaced(SentencePieces.of(pieces, added, size, note), pieces.prefix());
        }
        String kind = json == null ? "" : json.kind();
        return switch (kind) {
            case "BPE" ->
                json.flag("byte_fallback")
                        ? spaced(MergedPieces.of(json, added, size, note), MergedPieces.prefix(json))
                        : BytePairs.of(json, added, size, note);
            case "WordPiece" -> words(json, json.vocabulary(), added);
            case "" -> words(json, WordPieces.lines(words()), added);
            default ->
                throw Refused.because("tokenizer.json: tokenizers of kind " + kind
                        + " are not supported; supported are BPE and WordPiece, and SentencePiece BPE models");
        };
    }

    /** Whether a text begins with a space that is not there; the configuration knows better than the tokenizer. */
    private Vocabulary spaced(Vocabulary vocabulary, boolean prefix) throws IOException {
        var config = files.config("tokenizer_config.json");
        boolean told = config.isPresent() ? config.get().flag("add_prefix_space", prefix) : prefix;
        vocabulary.flag("add_space_prefix", told);
        return vocabulary;
    }

    private String words() throws IOException {
        return files.text("vocab.txt", TEXT_BYTES)
                .orElseThrow(() -> Refused.because(
                        "there is no tokenizer: neither tokenizer.json, nor tokenizer.model, nor vocab.txt"));
    }

    private Vocabulary words(TokenizerJson json, Map<String, Integer> tokens, AddedTokens added) throws IOException {
        if (json != null) WordPieces.requireSupported(json);
        Vocabulary vocabulary = WordPieces.of(tokens, added, size, note);
        WordPieces.normalize(
                vocabulary, json, files.config("tokenizer_config.json").orElse(null));
        SpecialTokens.ofEncoder(vocabulary);
        vocabulary.flag("add_bos_token", true);
        vocabulary.flag("add_eos_token", false);
        return vocabulary;
    }
}
