package dev.paddock.api.settings;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What a component thinks of its settings before they are changed. A component registers this beside its own service;
 * the service property {@code service.pid}, which Declarative Services give it, says whose settings it judges.
 * Implementations usually call {@link Defaults#check}.
 */
@ConsumerType
public interface SettingCheck {
    /**
     * Nothing when the component could work with these.
     *
     * @param values all of the configuration, by key; what is missing has its default
     * @throws IllegalArgumentException saying which value is wrong and what would be right; a {@code PaddockException}
     *     does as well
     */
    void check(Map<String, Object> values);
}
