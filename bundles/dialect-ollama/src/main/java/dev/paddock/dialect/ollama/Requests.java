package dev.paddock.dialect.ollama;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.AnswerForm;
import dev.paddock.api.inference.AnswerFormat;
import dev.paddock.api.model.Options;
import dev.paddock.api.model.Progress;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.scheduler.KeepAlive;
import dev.paddock.dialect.kit.AnswerForms;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.Json;
import dev.paddock.dialect.kit.ProgressLines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Fields that several routes share. */
final class Requests {
    /** Asked for in silence by no client, honoured by no part of this version. */
    private static final String[] NOT_YET = {
        "_debug_render_only",
    };

    private static final Map<Object, Think> THINK = Map.of(
            true,
            Think.ON,
            false,
            Think.OFF,
            "low",
            Think.LOW,
            "medium",
            Think.MEDIUM,
            "high",
            Think.HIGH,
            "max",
            Think.MAX);

    /** Characters of a wrong value that its error shows. */
    private static final int LONGEST_QUOTED = 200;

    private Requests() {}

    static Fields body(Call call) throws IOException {
        return call.body().orElseThrow(() -> invalid("missing request body"));
    }

    /** The text of {@code model}, or of its old name {@code name}; blank when neither is there. */
    static String model(Fields body) {
        String model = body.text("model").orElse("");
        String name = body.text("name").orElse("");
        return (model.isBlank() ? name : model).strip();
    }

    static void refuseNotYet(Fields body) {
        body.refuse(NOT_YET);
    }

    static Options options(Fields body) {
        return body.map("options").map(Options::of).orElse(Options.NONE);
    }

    /** How long the model stays loaded, written as a number of seconds or as a duration. */
    static Optional<KeepAlive> keepAlive(Fields body) {
        return body.value("keep_alive").map(value -> switch (value) {
            case Number n when Double.isFinite(n.doubleValue()) -> KeepAlive.ofSeconds(n.doubleValue());
            case String s -> KeepAlive.parse(s);
            default -> throw invalid("Unsupported type: '" + typeOf(value) + "'");
        });
    }

    static Think think(Fields body) {
        return body.value("think")
                .map(value -> {
                    Think think = THINK.get(value);
                    if (think != null) return think;
                    throw invalid("invalid think value: \"" + cut(value.toString())
                            + "\" (must be \"high\", \"medium\", \"low\", \"max\", true, or false)");
                })
                .orElse(Think.UNSET);
    }

    /** What the answer shall look like; {@code think_budget}, an addition of ours, limits the tokens of its thoughts. */
    static AnswerForm form(Fields body) {
        var budget = body.integer("think_budget", -1, Integer.MAX_VALUE).filter(tokens -> tokens >= 0);
        return AnswerForms.parse(
                body,
                format(body),
                budget.map(tokens -> OptionalInt.of(tokens.intValue())).orElse(OptionalInt.empty()));
    }

    /** None, any JSON object, or what a JSON Schema allows; the error has Ollama's words. */
    private static Optional<AnswerFormat> format(Fields body) {
        return body.value("format").flatMap(value -> switch (value) {
            case String s when s.isEmpty() -> Optional.empty();
            case String s when s.equals("json") -> Optional.of(new AnswerFormat.JsonObject());
            case Map<?, ?> _ -> body.map("format").map(schema -> new AnswerFormat.Schema(schema, false, "format"));
            default ->
                throw invalid("invalid format: " + quoted(Json.write(value))
                        + "; expected \"json\" or a valid JSON Schema object");
        });
    }

    private static String quoted(String json) {
        return Json.write(cut(json));
    }

    private static String cut(String text) {
        return text.length() > LONGEST_QUOTED ? text.substring(0, LONGEST_QUOTED) + "..." : text;
    }

    /** Names what had no effect: unknown fields and options. */
    static List<String> ignored(Fields body, Options options) {
        List<String> names = new ArrayList<>(body.unread());
        options.unknown().forEach(o -> names.add("options." + o));
        return names;
    }

    /** The answer to a task that went well when its steps were not asked for: the last of them. */
    static void success(Call call) throws IOException {
        call.plainJson(200, ProgressLines.json(Progress.step(Progress.SUCCESS)));
    }

    static PaddockException invalid(String message) {
        return new PaddockException(Fault.INVALID_REQUEST, message);
    }

    private static String typeOf(Object value) {
        return switch (value) {
            case Boolean _ -> "bool";
            case Collection<?> _ -> "array";
            case Map<?, ?> _ -> "object";
            default -> "number";
        };
    }
}
