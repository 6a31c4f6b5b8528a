package dev.paddock.transfer.auth;

import dev.paddock.transfer.net.Origin;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which hosts give tokens for which registries, beside each registry for itself.
 *
 * @param pairs {@code registry=realm}, hosts with ports where they are not the usual ones
 */
public record ForeignRealms(Set<String> pairs) {
    /**
     * Reads a setting.
     *
     * @throws IllegalArgumentException naming what is no pair
     */
    public static ForeignRealms of(Collection<String> setting) {
        return new ForeignRealms(setting.stream()
                .map(text -> text.strip().toLowerCase(Locale.ROOT))
                .filter(text -> !text.isEmpty())
                .map(ForeignRealms::pair)
                .collect(Collectors.toUnmodifiableSet()));
    }

    private static String pair(String text) {
        if (text.matches("[^=/\\s]+=[^=/\\s]+")) return text;
        throw new IllegalArgumentException("auth.realms: \"" + text + "\" is not REGISTRY=REALM, two host names");
    }

    boolean allows(Origin registry, Origin realm) {
        boolean weaker = realm.plain() && !registry.plain();
        return !weaker && pairs.contains(registry.authority() + "=" + realm.authority());
    }
}
