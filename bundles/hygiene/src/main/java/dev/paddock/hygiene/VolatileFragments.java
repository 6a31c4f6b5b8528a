package dev.paddock.hygiene;

import dev.paddock.api.inference.ChatInterceptor;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.settings.Defaults;
import dev.paddock.api.settings.SettingCheck;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what changes from request to request out of the beginning of a conversation, so that what was computed of it can
 * be used again. Texts without a fragment that is known here stay as they are. Safe for many threads.
 */
@Component(configurationPid = VolatileFragments.PID)
@Designate(ocd = VolatileFragments.Config.class)
public final class VolatileFragments implements ChatInterceptor, SettingCheck {
    /** Where its settings are. */
    public static final String PID = "dev.paddock.hygiene";

    private static final Logger LOG = LoggerFactory.getLogger(VolatileFragments.class);
    /** More system messages than this do not come first in any conversation of a person's. */
    private static final int MOST_TEXTS = 16;

    /** What is done with fragments that change from request to request. Changes count from the next request on. */
    @ObjectClassDefinition(
            name = "Message hygiene",
            description =
                    "Keeps the beginnings of agents' prompts the same, so that they are computed once. Looks at the"
                            + " first and the last 2000 characters of the system messages that open a conversation.")
    public @interface Config {
        @AttributeDefinition(name = "Enabled", description = "false: every message stays as it was sent.")
        boolean enabled() default true;

        @AttributeDefinition(
                name = "Billing header",
                description =
                        "Claude Code's \"x-anthropic-billing-header: ...\", which says nothing to a model: remove,"
                                + " move (to the end of the last message) or off (it stays).")
        String billing() default "remove";

        @AttributeDefinition(
                name = "Token budget",
                description =
                        "Claude Code's \"<total_tokens>... tokens left</total_tokens>\": move (the last one; those"
                                + " before it are untrue by then), remove or off.")
        String budget() default "move";

        @AttributeDefinition(
                name = "Time",
                description =
                        "A line that says what time of day it is and nothing else: move, normalise (only the date is"
                                + " left), remove or off.")
        String time() default "move";

        @AttributeDefinition(
                name = "Session id",
                description = "A line with the random id of a session, conversation or request and nothing else: move,"
                        + " remove or off.")
        String session() default "off";

        @AttributeDefinition(
                name = "Lines",
                description =
                        "More of them, each an action (move or remove) and what the whole line looks like, * being"
                                + " any characters: \"move Build number: *\". At most 50, of 200 characters.")
        String[] lines() default {};
    }

    private volatile Rules rules;

    /** Reads what is to be done. */
    @Activate
    public VolatileFragments(Config config) {
        this(Defaults.read(Config.class, config, Rules::of, LOG::error));
    }

    VolatileFragments(Rules rules) {
        this.rules = rules;
    }

    @Override
    public void check(Map<String, Object> values) {
        Defaults.check(Config.class, values, Rules::of);
    }

    /** The settings changed: they count from the next request on. */
    @Modified
    void modified(Config config) {
        try {
            rules = Rules.of(config);
        } catch (IllegalArgumentException e) {
            LOG.error("the settings stay as they were: {}", e.getMessage());
        }
    }

    @Override
    public String name() {
        return "hygiene";
    }

    @Override
    public Optional<Change> intercept(List<Message> messages) {
        var now = rules;
        if (now.rules().isEmpty()) return Optional.empty();
        var rewriting = new Rewriting(messages);
        for (int i = 0; i < Math.min(messages.size(), MOST_TEXTS); i++) {
            var message = messages.get(i);
            if (message.role() != Role.SYSTEM) break;
            rewriting.add(Cleaning.of(message.content(), now));
        }
        return rewriting.change();
    }
}
