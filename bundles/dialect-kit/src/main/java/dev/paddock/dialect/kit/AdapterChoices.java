package dev.paddock.dialect.kit;

import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.AdapterChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the LoRA adapters that a request wants: {@code "adapters": [{"model": "polite", "scale": 0.5}]}. */
final class AdapterChoices {
    private static final String FIELD = "adapters";
    private static final double AS_TRAINED = 1;

    private AdapterChoices() {}

    /**
     * Empty when the request does not say.
     *
     * @throws PaddockException with {@link Fault#INVALID_REQUEST}
     */
    static Optional<List<AdapterChoice>> parse(Fields body) {
        if (body.value(FIELD).isEmpty()) return Optional.empty();
        int count = body.list(FIELD).size();
        if (count > GenerationOrder.MOST_ADAPTERS) {
            throw new PaddockException(
                    Fault.INVALID_REQUEST,
                    "\"" + FIELD + "\" has " + count + " entries; at most " + GenerationOrder.MOST_ADAPTERS
                            + " are allowed");
        }
        List<AdapterChoice> choices = new ArrayList<>();
        for (Fields entry : body.objects(FIELD)) choices.add(new AdapterChoice(model(entry), scale(entry)));
        return Optional.of(choices);
    }

    private static String model(Fields entry) {
        String name = entry.text("model").filter(text -> !text.isBlank()).orElseThrow(() -> named(entry));
        try {
            return ModelReference.parse(name).text();
        } catch (PaddockException e) {
            throw new PaddockException(e.fault(), "\"" + entry.at("model") + "\": " + e.getMessage(), e);
        }
    }

    private static PaddockException named(Fields entry) {
        return entry.wrong("model", "the name of an installed model that has an adapter");
    }

    private static double scale(Fields entry) {
        double most = AdapterChoice.STRONGEST;
        double scale = entry.number("scale").map(Number::doubleValue).orElse(AS_TRAINED);
        if (Math.abs(scale) > most) throw entry.wrong("scale", "a number from -" + (int) most + " to " + (int) most);
        return scale;
    }
}
