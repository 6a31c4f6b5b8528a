package dev.paddock.telemetry;

import dev.paddock.api.engine.Tally;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.inference.Serving;
import dev.paddock.api.observe.Watch;
import dev.paddock.api.observe.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** One request on its way, as spans: itself, and its phases one after the other. */
final class Trace implements Watch {
    private final Work work;
    private final Consumer<List<Span>> told;
    private final String trace = Span.randomId(16);
    private final String root = Span.randomId(8);
    private final Map<String, Object> attributes = new LinkedHashMap<>();
    private final List<Span> spans = new ArrayList<>();
    private final long begin = now();
    private String phase = "queue";
    private long since = begin;

    /** @param told is given all spans at the end */
    Trace(Work work, Consumer<List<Span>> told) {
        this.work = work;
        this.told = told;
        attributes.put("gen_ai.operation.name", operation());
        attributes.put("gen_ai.provider.name", "paddock");
        attributes.put("gen_ai.request.model", work.model());
        attributes.put("paddock.request.id", work.asker().request());
        attributes.put("enduser.id", work.asker().identity().name());
    }

    private String operation() {
        return switch (work.kind()) {
            case CHAT -> "chat";
            case COMPLETE -> "text_completion";
            case EMBED -> "embeddings";
            default -> work.kind().name().toLowerCase(Locale.ROOT);
        };
    }

    private static long now() {
        Instant now = Instant.now();
        return Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L), now.getNano());
    }

    @Override
    public synchronized void granted(Serving serving) {
        attributes.put("paddock.backend", serving.backend());
        attributes.put("paddock.load_ms", serving.load().toMillis());
        next("prompt");
    }

    @Override
    public synchronized void prompted(int tokens) {
        attributes.put("gen_ai.usage.input_tokens", tokens);
        next("prefill");
    }

    @Override
    public synchronized void generated(int tokens) {
        if (phase.equals("prefill") && tokens > 0) next("decode");
    }

    @Override
    public synchronized void done(Tally tally) {
        attributes.put("gen_ai.usage.input_tokens", tally.promptTokens());
        attributes.put("gen_ai.usage.output_tokens", tally.completionTokens());
        attributes.put("paddock.cached_tokens", tally.cachedTokens());
        attributes.put("paddock.resumes", tally.resumes());
        end("");
    }

    @Override
    public synchronized void failed(Fault fault) {
        attributes.put("error.type", fault.name().toLowerCase(Locale.ROOT));
        end(fault.name().toLowerCase(Locale.ROOT));
    }

    private void next(String following) {
        long now = now();
        spans.add(new Span(trace, Span.randomId(8), root, phase, since, now, Map.of(), ""));
        phase = following;
        since = now;
    }

    private void end(String error) {
        next("");
        spans.addFirst(new Span(trace, root, "", operation() + " " + work.model(), begin, since, attributes, error));
        told.accept(spans);
    }
}
