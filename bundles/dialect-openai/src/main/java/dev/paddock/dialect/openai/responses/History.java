package dev.paddock.dialect.openai.responses;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.security.Identity;
import dev.paddock.dialect.kit.Fields;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What one identity can go on from. */
final class History {
    private final ResponseStore store;
    private final Identity owner;

    History(ResponseStore store, Identity owner) {
        this.store = store;
        this.owner = owner;
    }

    /**
     * All items up to the end of a response, oldest first: those of its request, its own, and the same of all that it
     * went on from.
     *
     * @throws UnknownResponse when one of them is not kept
     */
    List<Fields> upTo(String id) {
        Deque<KeptResponse> chain = new ArrayDeque<>();
        Optional<String> next = Optional.of(id);
        while (next.isPresent()) {
            String wanted = next.get();
            var kept = store.find(owner, wanted).orElseThrow(() -> missing(id, wanted));
            chain.addFirst(kept);
            next = kept.previous();
        }
        // The oldest is needed as long as the youngest: it must not be the first to go.
        for (var response : chain) store.find(owner, response.id());
        return chain.stream()
                .flatMap(r -> Stream.concat(r.inputItems().stream(), r.outputItems().stream()))
                .map(Fields::new)
                .toList();
    }

    /**
     * The item that an {@code item_reference} means.
     *
     * @throws PaddockException with {@link Fault#INVALID_REQUEST} when it is not kept
     */
    Map<String, Object> item(Fields reference) {
        String id = reference.text("id").orElseThrow(() -> reference.wrong("id", "the id of an item"));
        return store.holding(owner, id).stream()
                .flatMap(r -> Stream.concat(r.inputItems().stream(), r.outputItems().stream()))
                .filter(item -> id.equals(item.get("id")))
                .findFirst()
                .orElseThrow(() -> new PaddockException(
                        Fault.INVALID_REQUEST,
                        "Item with id '" + id + "' not found (\"" + reference.at("id")
                                + "\"): it was never kept, or not until now; send the item itself"));
    }

    private static UnknownResponse missing(String id, String wanted) {
        String what = wanted.equals(id) ? "not found" : "not found in full: '" + wanted + "' before it is missing";
        return new UnknownResponse(
                "Previous response with id '" + id + "' " + what + ". Responses are kept in memory for"
                        + " a while, unless \"store\" was false; send the whole conversation as \"input\" instead.");
    }
}
