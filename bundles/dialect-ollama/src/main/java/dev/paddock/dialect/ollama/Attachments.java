package dev.paddock.dialect.ollama;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.ModelStore;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.ModelReference;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Images and sounds that a request brings in {@code images}. No engine of this version sees or hears: they are checked and
 * then refused, in the words by which clients know a model without vision. One request, one thread.
 */
final class Attachments {
    private static final String FIELD = "images";
    /** As many bytes as tell what it is. */
    private static final int SIGN = 12;

    private boolean images;
    private boolean sounds;

    /** @throws PaddockException with {@link Fault#INVALID_REQUEST} for what is no base64 */
    void read(Fields json) {
        List<String> texts = json.texts(FIELD);
        for (int i = 0; i < texts.size(); i++) {
            int wrong = Base64Text.wrongAt(texts.get(i));
            if (wrong >= 0) {
                throw Requests.invalid(
                        "illegal base64 data at input byte " + wrong + " of \"" + json.at(FIELD) + "[" + i + "]\"");
            }
            boolean sound = sounds(Base64Text.beginning(texts.get(i), SIGN));
            sounds |= sound;
            images |= !sound;
        }
    }

    /** Whether there was any. */
    boolean any() {
        return images || sounds;
    }

    /** @throws PaddockException with {@link Fault#MODEL_NOT_FOUND} or {@link Fault#UNSUPPORTED} when there was any */
    void refuse(ModelStore store, ModelReference model) {
        if (!any()) return;
        if (store.find(model.name()).isEmpty()) throw StoreRoutes.notFound(model.text());
        String does = "\"" + model.text() + "\" does not support ";
        throw new PaddockException(
                Fault.UNSUPPORTED,
                images ? "this model is missing data required for image input; " + does + "images" : does + "audio");
    }

    private static boolean sounds(byte[] start) {
        String text = new String(start, StandardCharsets.ISO_8859_1);
        boolean wave = text.startsWith("RIFF") && text.startsWith("WAVE", 8);
        boolean frames = start.length > 1 && (start[0] & 0xff) == 0xff && (start[1] & 0xe0) == 0xe0;
        return wave || frames || text.startsWith("ID3");
    }
}
