package dev.paddock.explain;

import dev.paddock.api.explain.Decision;
import dev.paddock.api.explain.DecisionListener;
import dev.paddock.api.explain.Decisions;
import dev.paddock.api.settings.Defaults;
import dev.paddock.api.settings.SettingCheck;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the latest decisions in memory and writes each into the log as one line. */
@Component(
        service = {Decisions.class, DecisionLog.class, SettingCheck.class},
        configurationPid = DecisionLog.PID)
@Designate(ocd = DecisionLog.Config.class)
public final class DecisionLog implements Decisions, SettingCheck {
    /** Where its settings are. */
    public static final String PID = "dev.paddock.explain";

    private static final Logger LOG = LoggerFactory.getLogger(DecisionLog.class);
    private static final int LEAST_KEPT = 100;
    private static final int MOST_KEPT = 1_000_000;
    /** What is about one request only, whatever model it is for. */
    private static final Set<Decision.Kind> OF_ONE_REQUEST =
            EnumSet.of(Decision.Kind.QUEUED, Decision.Kind.GRANTED, Decision.Kind.REFUSED, Decision.Kind.PROMPT);

    /** How much is remembered. */
    @ObjectClassDefinition(name = "Explanations", description = "What the server decided and why")
    public @interface Config {
        @AttributeDefinition(
                name = "Kept",
                description = "How many decisions are remembered, 100 to 1000000; the oldest are forgotten first. One"
                        + " takes about 1 KB. A change of it forgets all.")
        int kept() default 10_000;
    }

    private final Ring<Decision> ring;

    /** Those that are told of each decision as it comes. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    volatile List<DecisionListener> listeners = List.of();

    /** Reads how much is kept. */
    @Activate
    public DecisionLog(Config config) {
        int kept = Defaults.read(Config.class, config, DecisionLog::kept, LOG::error);
        this.ring = new Ring<>(kept);
    }

    DecisionLog(int kept) {
        this.ring = new Ring<>(kept);
    }

    private static int kept(Config config) {
        if (config.kept() < LEAST_KEPT || config.kept() > MOST_KEPT) {
            throw new IllegalArgumentException(
                    PID + ": kept is " + config.kept() + "; it must be from " + LEAST_KEPT + " to " + MOST_KEPT);
        }
        return config.kept();
    }

    @Override
    public void check(Map<String, Object> values) {
        Defaults.check(Config.class, values, DecisionLog::kept);
    }

    @Override
    public void add(Decision decision) {
        Decision kept = Trimmed.of(decision);
        ring.add(kept);
        LOG.info("{}{}{}: {}", word(kept.kind()), named(kept.model()), named(kept.request()), kept.text());
        for (DecisionListener listener : listeners) tell(listener, kept);
    }

    private static void tell(DecisionListener listener, Decision decision) {
        try {
            listener.decided(decision);
        } catch (RuntimeException e) {
            LOG.warn("a listener to decisions failed", e);
        }
    }

    @Override
    public List<Decision> ofRequest(String request) {
        List<Decision> all = ring.all();
        int[] own = IntStream.range(0, all.size())
                .filter(i -> !request.isEmpty() && all.get(i).request().equals(request))
                .toArray();
        if (own.length == 0) return List.of();
        List<Decision> meanwhile = all.subList(own[0], own[own.length - 1] + 1);
        Set<String> models = meanwhile.stream()
                .filter(decision -> decision.request().equals(request))
                .map(decision -> fold(decision.model()))
                .collect(Collectors.toSet());
        return meanwhile.stream()
                .filter(decision -> decision.request().equals(request) || concerns(decision, models))
                .toList();
    }

    private static boolean concerns(Decision decision, Set<String> models) {
        return !OF_ONE_REQUEST.contains(decision.kind())
                && !decision.model().isEmpty()
                && models.contains(fold(decision.model()));
    }

    @Override
    public List<Decision> ofModel(String model) {
        return ring.all().stream()
                .filter(decision -> !model.isEmpty() && decision.model().equalsIgnoreCase(model))
                .toList();
    }

    @Override
    public List<Decision> latest(int most) {
        List<Decision> all = ring.all();
        return all.subList(Math.max(0, all.size() - Math.max(0, most)), all.size())
                .reversed();
    }

    /** How many are kept at most. */
    int kept() {
        return ring.size();
    }

    static String word(Decision.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static String named(String name) {
        return name.isEmpty() ? "" : " " + name;
    }

    private static String fold(String model) {
        return model.toLowerCase(Locale.ROOT);
    }
}
