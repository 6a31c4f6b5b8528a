package dev.paddock.console.shell;

import dev.paddock.api.security.Grant;
import dev.paddock.api.security.Issued;
import dev.paddock.api.security.Key;
import dev.paddock.api.security.Keys;
import dev.paddock.api.security.Scope;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.felix.service.command.Descriptor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code paddock:keys}. */
@Component(
        service = KeyCommand.class,
        property = {"osgi.command.scope=paddock", "osgi.command.function=keys"})
public final class KeyCommand {
    private static final String USAGE = "keys | keys create NAME [SCOPE]... | keys rotate NAME | keys revoke NAME";

    private final Keys keys;

    /** A command over the keys. */
    @Activate
    public KeyCommand(@Reference Keys keys) {
        this.keys = keys;
    }

    /** Lists and changes them. */
    @Descriptor("API keys; a new one's secret is told this once; " + USAGE)
    public String keys(@Descriptor("create, rotate or revoke, and what they need") String... words) {
        String verb = words.length == 0 ? "" : words[0];
        if (verb.isEmpty()) return list();
        if (words.length < 2) throw new IllegalArgumentException(USAGE);
        return switch (verb) {
            case "create" -> secret(keys.create(words[1], grant(words), Optional.empty()));
            case "rotate" -> secret(keys.rotate(words[1]));
            case "revoke" -> keys.revoke(words[1]).name() + " is revoked";
            default -> throw new IllegalArgumentException(USAGE);
        };
    }

    private static Grant grant(String... words) {
        Grant usual = Grant.ORDINARY;
        Set<Scope> scopes = Arrays.stream(words).skip(2).map(KeyCommand::scope).collect(Collectors.toSet());
        return new Grant(
                scopes.isEmpty() ? usual.scopes() : scopes,
                usual.models(),
                usual.limits(),
                usual.priority(),
                usual.weight());
    }

    private static Scope scope(String text) {
        return Scope.of(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no scope " + text + "; there are infer, models.read, models.write and admin"));
    }

    private static String secret(Issued issued) {
        return issued.key().name() + ": " + issued.secret();
    }

    private String list() {
        var table = new Table("NAME", "BEGINS", "SCOPES", "MODELS", "USED");
        for (Key key : keys.list()) {
            String scopes =
                    key.grant().scopes().stream().sorted().map(Scope::text).collect(Collectors.joining(" "));
            String models =
                    key.grant().models().stream().map(pattern -> pattern.text()).collect(Collectors.joining(" "));
            String used = key.lastUsedAt()
                    .map(then -> Table.until(Instant.now(), then) + " ago")
                    .orElse("never");
            table.row(key.name(), key.prefix(), scopes, models.isEmpty() ? "all" : models, used);
        }
        return table.orElse("there is no key");
    }
}
