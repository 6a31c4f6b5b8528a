package dev.paddock.console.shell;

import dev.paddock.api.explain.Decision;
import dev.paddock.api.explain.Decisions;
import dev.paddock.api.model.ModelName;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.apache.felix.service.command.Descriptor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code paddock:explain}. */
@Component(
        service = ExplainCommand.class,
        property = {"osgi.command.scope=paddock", "osgi.command.function=explain"})
public final class ExplainCommand {
    private static final int LATEST = 30;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    private final Decisions decisions;

    /** A command over what is remembered. */
    @Activate
    public ExplainCommand(@Reference Decisions decisions) {
        this.decisions = decisions;
    }

    /** What was decided of late. */
    @Descriptor("what the server decided of late, and why; the latest last")
    public String explain() {
        return table(decisions.latest(LATEST).reversed(), "nothing was decided yet");
    }

    /** What was decided of one thing. */
    @Descriptor("what the server decided of a request or a model, and why")
    public String explain(@Descriptor("a request's X-Request-Id, or the name of a model") String what) {
        List<Decision> ofRequest = decisions.ofRequest(what);
        if (!ofRequest.isEmpty()) return table(ofRequest, "");
        String model = ModelName.parse(what).display();
        return table(decisions.ofModel(model), "nothing is remembered of a request or model \"" + what + "\"");
    }

    private static String table(List<Decision> told, String none) {
        var table = new Table("TIME", "WHAT", "WHY");
        for (Decision decision : told) {
            String kind = decision.kind().name().toLowerCase(Locale.ROOT);
            table.row(TIME.format(decision.at()), kind, decision.text());
        }
        return table.orElse(none);
    }
}
