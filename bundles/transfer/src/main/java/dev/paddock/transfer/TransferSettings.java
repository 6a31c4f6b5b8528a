package dev.paddock.transfer;

import dev.paddock.api.settings.Durations;
import dev.paddock.api.settings.Sizes;
import dev.paddock.transfer.auth.ForeignRealms;
import dev.paddock.transfer.net.AddressRule;
import dev.paddock.transfer.net.Proxies;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings as they are used.
 *
 * @param pace how fast and how often
 * @param network who may be spoken to, and how
 * @param mirrors where pulls ask first
 * @param realms who may give tokens
 */
record TransferSettings(Pace pace, Network network, Mirrors mirrors, ForeignRealms realms) {
    private static final int MAX_PARTS = 64;
    private static final int MAX_TRIES = 20;

    /**
     * How fast and how often.
     *
     * @param rate bytes a second of all transfers; 0 = no limit
     * @param parts of a blob at once
     * @param tries of a part
     * @param stall the longest time without progress
     * @param connect the longest time to connect
     */
    record Pace(long rate, int parts, int tries, Duration stall, Duration connect) {}

    /**
     * Who may be spoken to, and how.
     *
     * @param rule which addresses
     * @param plain when http is spoken
     * @param proxies by which way
     * @param authorities a file with more authorities
     * @param agent what we call ourselves
     */
    record Network(AddressRule rule, Plain plain, Proxies proxies, Optional<Path> authorities, String agent) {}

    /** When http is spoken. */
    enum Plain {
        ASKED,
        ALWAYS,
        NEVER
    }

    /**
     * Reads what was configured.
     *
     * @param environment where the variables of proxies are
     * @param agent what we call ourselves when nothing is set
     * @throws IllegalArgumentException naming the setting whose value is of no use
     */
    static TransferSettings of(TransferConfig config, Map<String, String> environment, String agent) {
        return new TransferSettings(
                pace(config),
                network(config, environment, agent),
                Mirrors.of(List.of(config.mirrors())),
                ForeignRealms.of(List.of(config.auth_realms())));
    }

    private static Pace pace(TransferConfig config) {
        return new Pace(
                Sizes.setting(TransferConfig.PID, "rate", config.rate()),
                within("parts", config.parts(), MAX_PARTS),
                within("tries", config.tries(), MAX_TRIES),
                time("stall", config.stall()),
                time("connect.timeout", config.connect_timeout()));
    }

    private static Network network(TransferConfig config, Map<String, String> environment, String agent) {
        String authorities = config.ca_file().strip();
        return new Network(
                new AddressRule(List.of(config.private_networks())),
                plain(config.plain_http().strip()),
                Proxies.of(config.proxy(), environment),
                authorities.isEmpty() ? Optional.empty() : Optional.of(Path.of(authorities)),
                config.user_agent().isBlank() ? agent : config.user_agent().strip());
    }

    private static Plain plain(String text) {
        return switch (text) {
            case "asked" -> Plain.ASKED;
            case "always" -> Plain.ALWAYS;
            case "never" -> Plain.NEVER;
            default ->
                throw new IllegalArgumentException(
                        TransferConfig.PID + ": plain.http is " + text + "; write asked, always or never");
        };
    }

    private static Duration time(String key, String value) {
        Duration time = Durations.setting(TransferConfig.PID, key, value);
        if (time.toMillis() > 0) return time;
        throw new IllegalArgumentException(TransferConfig.PID + ": " + key + " is " + value + "; it must be longer");
    }

    private static int within(String key, int value, int most) {
        if (value >= 1 && value <= most) return value;
        throw new IllegalArgumentException(
                TransferConfig.PID + ": " + key + " is " + value + "; it must be from 1 to " + most);
    }
}
