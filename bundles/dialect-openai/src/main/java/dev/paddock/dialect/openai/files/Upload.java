package dev.paddock.dialect.openai.files;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.dialect.kit.RequestBody;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the form of {@code POST /v1/files} into a file. One request, one thread. */
final class Upload {
    private static final int MOST_FIELD_BYTES = 1 << 10;
    private static final int MOST_NAME = 255;
    private static final long LEAST_SECONDS = 3600;
    private static final long MOST_SECONDS = 2_592_000;

    private final MultipartReader form;
    private final FileShelf.Draft draft;
    private final Map<String, String> fields = new TreeMap<>();
    private String name = "";

    Upload(RequestBody body, String boundary, FileShelf.Draft draft) {
        this.form = new MultipartReader(body, boundary);
        this.draft = draft;
    }

    /** @throws PaddockException naming what is wrong */
    StoredFile read(String owner, long most) throws IOException {
        for (var part = form.next(); part.isPresent(); part = form.next()) take(part.get(), most);
        if (!draft.written()) throw PartHeader.invalid("\"file\" is needed");
        String purpose = fields.getOrDefault("purpose", "");
        if (!purpose.equals(StoredFile.INPUT)) {
            throw PartHeader.invalid("\"purpose\" must be \"" + StoredFile.INPUT + "\": files serve nothing else here");
        }
        return draft.keep(owner, name, purpose, lifetime());
    }

    private void take(PartHeader part, long most) throws IOException {
        if (!part.name().equals("file")) {
            fields.put(part.name(), form.text(MOST_FIELD_BYTES));
            return;
        }
        if (draft.written()) throw PartHeader.invalid("\"file\" is there twice");
        name = part.fileName().filter(text -> !text.isBlank()).orElse("upload.jsonl");
        if (name.length() > MOST_NAME) throw PartHeader.invalid("the name of the file is too long");
        draft.write(form.content(), most);
    }

    private Optional<Duration> lifetime() {
        String anchor = fields.getOrDefault("expires_after[anchor]", "created_at");
        if (!anchor.equals("created_at")) throw PartHeader.invalid("\"expires_after[anchor]\" must be created_at");
        return Optional.ofNullable(fields.get("expires_after[seconds]")).map(Upload::lifetime);
    }

    private static Duration lifetime(String text) {
        long seconds = text.matches("[0-9]{1,9}") ? Long.parseLong(text) : 0;
        if (seconds < LEAST_SECONDS || seconds > MOST_SECONDS) {
            throw new PaddockException(
                    Fault.INVALID_REQUEST,
                    "\"expires_after[seconds]\" must be a whole number from " + LEAST_SECONDS + " to " + MOST_SECONDS);
        }
        return Duration.ofSeconds(seconds);
    }
}
