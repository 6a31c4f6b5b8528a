package dev.paddock.dialect.openai.files;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.ErrorForm;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.Reply;
import dev.paddock.dialect.kit.RequestBody;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** {@code /v1/files} and what is below it. Everybody sees their own files only. */
public final class FilesRoute {
    /** The path of all files. */
    public static final String PATH = "/v1/files";

    private static final String CONTENT = "/content";
    private static final int MOST_LISTED = 10_000;
    /** What a form takes beside the file. */
    private static final long FORM_BYTES = 64 << 10;

    private final FileShelf shelf;
    private final Predicate<StoredFile> used;
    private final ErrorForm errors;
    private final long most;

    /**
     * @param used tells files that something still needs
     * @param most bytes of one file
     */
    public FilesRoute(FileShelf shelf, Predicate<StoredFile> used, ErrorForm errors, long most) {
        this.shelf = shelf;
        this.used = used;
        this.errors = errors;
        this.most = most;
    }

    /** The name of the identity that asks. */
    public static String owner(Call call) {
        return call.asker(new Fields(Map.of())).identity().name();
    }

    /** Takes a file. */
    public void upload(Call call) throws IOException {
        String boundary = PartHeader.boundary(call.requestHeader("Content-Type"));
        RequestBody body = call.raw(most + FORM_BYTES);
        try (var draft = shelf.draft()) {
            StoredFile file = new Upload(body, boundary, draft).read(owner(call), most);
            body.drain();
            call.json(200, file.json());
        } catch (PaddockException refused) {
            // A client that is still sending would not hear why.
            if (refused.fault() != Fault.TOO_LARGE) body.drain();
            throw refused;
        }
    }

    /** Lists files, the newest first unless {@code order=asc}. */
    public void list(Call call) throws IOException {
        List<StoredFile> files = shelf.list(owner(call)).stream()
                .filter(file ->
                        call.query("purpose").map(file.purpose()::equals).orElse(true))
                .toList();
        String order = call.query("order").orElse("desc");
        if (!order.equals("asc") && !order.equals("desc")) throw PartHeader.invalid("\"order\" must be asc or desc");
        var ordered = order.equals("asc") ? files : files.reversed();
        call.json(200, Page.of(call, ordered, StoredFile::json, MOST_LISTED, MOST_LISTED));
    }

    /** A file's description, or its content. */
    public void get(Call call) throws IOException {
        String rest = call.rest(PATH + "/");
        boolean content = rest.endsWith(CONTENT);
        String id = content ? rest.substring(0, rest.length() - CONTENT.length()) : rest;
        var file = shelf.find(id, owner(call));
        if (file.isEmpty()) missing(call, id);
        else if (!content) call.json(200, file.get().json());
        else {
            try (var in = Files.newInputStream(shelf.content(file.get()));
                    var out = call.file("application/octet-stream", file.get().id() + ".jsonl")) {
                in.transferTo(out);
            }
        }
    }

    /** Removes a file. */
    public void delete(Call call) throws IOException {
        String id = call.rest(PATH + "/");
        var file = shelf.find(id, owner(call));
        if (file.isEmpty()) {
            missing(call, id);
            return;
        }
        if (used.test(file.get())) {
            throw PartHeader.invalid("a batch that has not ended reads this file; cancel the batch first");
        }
        shelf.delete(file.get());
        call.json(
                200,
                new Reply()
                        .put("id", id)
                        .put("object", "file")
                        .put("deleted", true)
                        .json());
    }

    private void missing(Call call, String id) throws IOException {
        call.json(404, errors.body(404, "there is no file '" + id + "'"));
    }
}
