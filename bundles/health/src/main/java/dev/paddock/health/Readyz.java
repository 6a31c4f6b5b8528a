package dev.paddock.health;

import dev.paddock.api.model.ModelName;
import dev.paddock.api.scheduler.Scheduler;
import dev.paddock.api.settings.Defaults;
import dev.paddock.api.settings.SettingCheck;
import dev.paddock.api.web.OpenToAll;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /readyz}: 200 when every check that the policy names holds, else 503; one line a check. */
@Component(service = Servlet.class, configurationPid = Readyz.PID)
@Designate(ocd = Readyz.Config.class)
@HttpWhiteboardServletPattern("/readyz")
@OpenToAll
public final class Readyz extends Probe {
    /** Where the settings of health are. */
    public static final String PID = "dev.paddock.health";

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(Readyz.class);

    /** When the server says that it is ready. */
    @ObjectClassDefinition(name = "Health", description = "What must be so before /readyz says 200")
    public @interface Config {
        @AttributeDefinition(
                name = "Ready policy",
                description =
                        "process = HTTP works and new work is taken; engine = there are also a store, a scheduler and"
                                + " an engine with a backend; models NAME,NAME = these models are in memory besides (preload"
                                + " brings them there; asking /readyz does not).")
        String ready_policy() default "engine";
    }

    /** Refuses a policy that is none before it is set; a service of its own, as the platform has to see this one. */
    @Component(service = SettingCheck.class, configurationPid = PID)
    public static final class Check implements SettingCheck {
        @Override
        public void check(Map<String, Object> values) {
            Defaults.check(Config.class, values, Readyz::parsed);
        }
    }

    private final transient Checks checks;
    private transient volatile ReadyPolicy policy;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    transient volatile Scheduler scheduler;

    /** Reads the policy. */
    @Activate
    public Readyz(@Reference Checks checks, Config config) {
        this(checks, policy(config));
    }

    /** The settings changed: they count from the next question on. */
    @Modified
    void modified(Config config) {
        try {
            policy = parsed(config);
        } catch (IllegalArgumentException e) {
            LOG.error("the settings stay as they were: {}", e.getMessage());
        }
    }

    private static ReadyPolicy policy(Config config) {
        return Defaults.read(Config.class, config, Readyz::parsed, LOG::error);
    }

    private static ReadyPolicy parsed(Config config) {
        return ReadyPolicy.parse(config.ready_policy());
    }

    Readyz(Checks checks, ReadyPolicy policy) {
        this.checks = checks;
        this.policy = policy;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ReadyPolicy now = policy;
        List<Finding> findings = new ArrayList<>(checks.tagged(now.tag()));
        boolean checked = !findings.isEmpty();
        if (!now.models().isEmpty()) findings.add(models(now.models()));
        boolean ready = checked && findings.stream().allMatch(Finding::good);
        String head = ready ? "ready\n" : "not ready\n";
        answer(response, ready, PLAIN, head + Finding.lines(readable(findings, request)));
    }

    /** The models that are there, as they are listed: no lease is taken, so none stays any longer for being asked for. */
    private Finding models(List<String> wanted) {
        Scheduler present = scheduler;
        Set<String> loaded = present == null
                ? Set.of()
                : present.residents().stream()
                        .map(resident -> resident.model().name().display())
                        .collect(Collectors.toSet());
        String missing = wanted.stream()
                .filter(name -> !loaded.contains(ModelName.parse(name).display()))
                .collect(Collectors.joining(", "));
        return missing.isEmpty()
                ? new Finding("models", Result.Status.OK, String.join(", ", wanted) + " in memory")
                : new Finding("models", Result.Status.TEMPORARILY_UNAVAILABLE, missing + " not in memory");
    }
}
