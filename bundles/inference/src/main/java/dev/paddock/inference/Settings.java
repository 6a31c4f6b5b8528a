package dev.paddock.inference;

import dev.paddock.api.inference.ContextPolicy;
import dev.paddock.api.security.Identity;
import java.util.Locale;

/**
 * The settings of inference; one immutable snapshot.
 *
 * @param overflow what happens to a conversation that does not fit when its request does not say
 * @param shared whether all identities share computed prompts
 * @param promptedTools whether tools may be written into the messages for models that know none
 */
record Settings(ContextPolicy overflow, boolean shared, boolean promptedTools) {
    static final Settings DEFAULT = new Settings(ContextPolicy.ERROR, false, true);

    /** @throws IllegalArgumentException naming the key, its value and the words allowed */
    static Settings of(LeasedInference.Config config) {
        return new Settings(policy(config.context_policy()), shared(config.cache_share()), config.tools_prompted());
    }

    private static ContextPolicy policy(String word) {
        for (ContextPolicy policy : ContextPolicy.values()) {
            if (policy.name().toLowerCase(Locale.ROOT).equals(word.strip())) return policy;
        }
        throw wrong("context.policy", word, "error, truncate or shift");
    }

    private static boolean shared(String word) {
        return switch (word.strip()) {
            case "identity" -> false;
            case "server" -> true;
            default -> throw wrong("cache.share", word, "identity or server");
        };
    }

    private static IllegalArgumentException wrong(String key, String word, String allowed) {
        return new IllegalArgumentException(
                LeasedInference.PID + ": " + key + " is " + word + "; it must be " + allowed);
    }

    /** Whom a request shares computed prompts with; empty = everybody. */
    String cacheScope(Identity identity) {
        return shared ? "" : identity.name();
    }
}
