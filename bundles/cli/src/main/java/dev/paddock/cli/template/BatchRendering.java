package dev.paddock.cli.template;

import dev.paddock.cli.template.Outcome.Why;
import dev.paddock.prompt.GoPrompt;
import dev.paddock.prompt.OllamaValues;
import dev.paddock.prompt.go.GoTemplate;
import dev.paddock.prompt.go.GoTemplateException;
import dev.paddock.prompt.jinja.JinjaTemplate;
import dev.paddock.prompt.jinja.Sandbox;
import dev.paddock.prompt.jinja.TemplateException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;

/** Renders templates and keeps those it parsed last, those that cannot be parsed as well. One thread. */
final class BatchRendering {
    private static final int MOST_TEMPLATES = 512;
    /** Characters of all that are kept; what was made of them takes some twenty times as many bytes. */
    private static final int MOST_CHARACTERS = 2 << 20;

    private record Key(Kind kind, String template) {}

    /** A template that was parsed, or what is wrong with it. */
    private sealed interface Parsed {
        record Jinja(JinjaTemplate template) implements Parsed {}

        record Go(GoTemplate template) implements Parsed {}

        record Wrong(Outcome why) implements Parsed {}
    }

    private final SequencedMap<Key, Parsed> kept = new LinkedHashMap<>(16, 0.75f, true);
    private int characters;

    /** What becomes of a line. Whatever happens, the next one can be rendered. */
    @SuppressWarnings("IllegalCatch") // a mistake of the engines' own is told like any other failure
    Outcome render(byte[] line) {
        try {
            return render(BatchOrder.read(line));
        } catch (BatchOrder.WrongException e) {
            return new Outcome.Failed(Why.INPUT, e.getMessage());
        } catch (OutOfMemoryError e) {
            return new Outcome.Failed(Why.RUNTIME, "that takes more memory than there is");
        } catch (RuntimeException e) {
            return new Outcome.Failed(Why.RUNTIME, "a mistake of Paddock's, please report it: " + e);
        }
    }

    private Outcome render(BatchOrder order) {
        return switch (parsed(new Key(order.kind(), order.template()))) {
            case Parsed.Wrong wrong -> wrong.why();
            case Parsed.Jinja jinja -> jinja(jinja.template(), order);
            case Parsed.Go go -> go(go.template(), order);
        };
    }

    private Parsed parsed(Key key) {
        Parsed known = kept.get(key);
        if (known != null) return known;
        Parsed parsed = parse(key);
        kept.put(key, parsed);
        characters += key.template().length();
        while (kept.size() > MOST_TEMPLATES || characters > MOST_CHARACTERS) {
            characters -= kept.pollFirstEntry().getKey().template().length();
        }
        return parsed;
    }

    private static Parsed parse(Key key) {
        try {
            return switch (key.kind()) {
                case JINJA -> new Parsed.Jinja(JinjaTemplate.parse(key.template()));
                case GO -> new Parsed.Go(GoTemplate.parse(key.template()));
            };
        } catch (TemplateException | GoTemplateException e) {
            return new Parsed.Wrong(new Outcome.Failed(Why.SYNTAX, e.getMessage()));
        }
    }

    private static Outcome jinja(JinjaTemplate template, BatchOrder order) {
        Supplier<LocalDateTime> clock = () -> order.now().orElseGet(LocalDateTime::now);
        Sandbox sandbox = order.lenient() ? Sandbox.lenient(clock) : Sandbox.strict(clock);
        try {
            return new Outcome.Text(template.render(variables(order), sandbox));
        } catch (TemplateException.Raised e) {
            return new Outcome.Failed(Why.RAISE, e.getMessage());
        } catch (TemplateException e) {
            return new Outcome.Failed(Why.RUNTIME, e.getMessage());
        }
    }

    private static Outcome go(GoTemplate template, BatchOrder order) {
        LocalDate today = order.now().orElseGet(LocalDateTime::now).toLocalDate();
        Optional<OllamaValues> values =
                order.context() instanceof Map ? OllamaValues.of(variables(order)) : Optional.empty();
        try {
            return new Outcome.Text(
                    values.isEmpty()
                            ? template.render(order.context(), today)
                            : GoPrompt.of(template).render(values.get(), today));
        } catch (GoTemplateException.Syntax e) {
            return new Outcome.Failed(Why.SYNTAX, e.getMessage());
        } catch (GoTemplateException e) {
            return new Outcome.Failed(Why.RUNTIME, e.getMessage());
        }
    }

    @SuppressWarnings("unchecked") // keys of JSON are texts
    private static Map<String, Object> variables(BatchOrder order) {
        return (Map<String, Object>) order.context();
    }
}
