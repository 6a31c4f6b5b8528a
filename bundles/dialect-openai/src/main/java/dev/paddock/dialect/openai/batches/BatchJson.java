package dev.paddock.dialect.openai.batches;

import dev.paddock.api.security.Identity;
import dev.paddock.api.security.ModelPattern;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.Reply;
import dev.paddock.dialect.openai.batches.Batch.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A batch as OpenAI's API shows it, and as it is kept: the same with more beside it. */
final class BatchJson {
    private BatchJson() {}

    /** As the API shows it. */
    static Map<String, Object> of(Batch batch) {
        Batch.Order order = batch.order();
        Reply reply = new Reply()
                .put("id", order.id())
                .put("object", "batch")
                .put("endpoint", order.endpoint())
                .put("errors", errors(batch.errors()))
                .put("input_file_id", order.input())
                .put("completion_window", order.window().text())
                .put("status", batch.status().text())
                .put("output_file_id", batch.output().orElse(null))
                .put("error_file_id", batch.failures().orElse(null))
                .put("created_at", order.created().getEpochSecond())
                .put("expires_at", order.expires().getEpochSecond());
        for (Status status : Status.values()) {
            Instant when = batch.reached().get(status);
            if (status != Status.VALIDATING)
                reply.put(status.text() + "_at", when == null ? null : when.getEpochSecond());
        }
        Reply counts = new Reply()
                .put("total", batch.counts().total())
                .put("completed", batch.counts().completed())
                .put("failed", batch.counts().failed());
        return reply.put("request_counts", counts.json())
                .put("metadata", order.metadata().isEmpty() ? null : order.metadata())
                .json();
    }

    private static Object errors(List<Batch.InputError> errors) {
        if (errors.isEmpty()) return null;
        var data = errors.stream()
                .map(error -> new Reply()
                        .put("code", error.code())
                        .put("message", error.message())
                        .put("param", null)
                        .put("line", error.line() == 0 ? null : error.line())
                        .json())
                .toList();
        return new Reply().put("object", "list").put("data", data).json();
    }

    /** As it is kept. */
    static Map<String, Object> kept(Batch batch) {
        Identity owner = batch.order().owner();
        Map<String, Object> json = of(batch);
        json.put(
                "owner",
                new Reply()
                        .put("name", owner.name())
                        .put("weight", owner.weight())
                        .put("priority", owner.mostPriority())
                        .put(
                                "models",
                                owner.models().stream().map(ModelPattern::text).toList())
                        .json());
        json.put("created_millis", batch.order().created().toEpochMilli());
        json.put("window_seconds", batch.order().window().length().toSeconds());
        return json;
    }

    /** @throws RuntimeException when it was not made by {@link #kept} */
    static Batch read(Map<String, Object> kept) {
        Fields json = new Fields(kept);
        Map<Status, Instant> reached = new EnumMap<>(Status.class);
        for (Status status : Status.values()) {
            json.number(status.text() + "_at")
                    .ifPresent(n -> reached.put(status, Instant.ofEpochSecond(n.longValue())));
        }
        Fields counts = json.object("request_counts").orElseThrow();
        return new Batch(
                order(json),
                Status.of(json.text("status").orElseThrow()),
                reached,
                new Batch.Counts(count(counts, "total"), count(counts, "completed"), count(counts, "failed")),
                json.text("output_file_id"),
                json.text("error_file_id"),
                json.object("errors").map(BatchJson::inputErrors).orElse(List.of()));
    }

    private static Batch.Order order(Fields json) {
        Fields owner = json.object("owner").orElseThrow();
        return new Batch.Order(
                json.text("id").orElseThrow(),
                owner(owner),
                json.text("endpoint").orElseThrow(),
                json.text("input_file_id").orElseThrow(),
                new Batch.Window(
                        json.text("completion_window").orElseThrow(),
                        Duration.ofSeconds(count(json, "window_seconds"))),
                Instant.ofEpochMilli(json.number("created_millis").orElseThrow().longValue()),
                json.map("metadata").orElse(Map.of()));
    }

    /** Its scopes were looked at when the batch was sent. */
    private static Identity owner(Fields owner) {
        int priority = count(owner, "priority");
        return new Identity(
                owner.text("name").orElseThrow(),
                owner.number("weight").orElseThrow().doubleValue(),
                Math.min(0, priority),
                priority,
                Identity.LOCAL.scopes(),
                owner.list("models").stream()
                        .map(text -> new ModelPattern(text.toString()))
                        .toList());
    }

    private static List<Batch.InputError> inputErrors(Fields errors) {
        return errors.objects("data").stream()
                .map(error -> new Batch.InputError(
                        error.text("code").orElse(""),
                        error.text("message").orElse(""),
                        error.number("line").map(Number::intValue).orElse(0)))
                .toList();
    }

    private static int count(Fields json, String name) {
        return json.number(name).orElseThrow().intValue();
    }
}
