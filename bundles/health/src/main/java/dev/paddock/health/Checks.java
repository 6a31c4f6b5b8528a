package dev.paddock.health;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.felix.hc.api.HealthCheck;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.FieldOption;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** All health checks that any bundle brings. None is run but when somebody asks, and none wakes a model. */
@Component(service = Checks.class)
public final class Checks {
    /** Checks with their properties, replaced as a whole when one comes or goes. */
    @Reference(
            service = HealthCheck.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            fieldOption = FieldOption.REPLACE)
    volatile Collection<Map.Entry<Map<String, Object>, HealthCheck>> checks = List.of();

    /** Runs all of them, in the order of their names. */
    List<Finding> all() {
        return checks.stream().map(Checks::finding).sorted().toList();
    }

    /** Runs those with a tag. */
    List<Finding> tagged(String tag) {
        return checks.stream()
                .filter(check -> tags(check.getKey()).contains(tag))
                .map(Checks::finding)
                .sorted()
                .toList();
    }

    private static Finding finding(Map.Entry<Map<String, Object>, HealthCheck> check) {
        return Finding.of(String.valueOf(check.getKey().get(HealthCheck.NAME)), check.getValue());
    }

    private static List<String> tags(Map<String, Object> properties) {
        return switch (properties.get(HealthCheck.TAGS)) {
            case String[] several -> Arrays.asList(several);
            case String one -> List.of(one);
            case Collection<?> some -> some.stream().map(String::valueOf).toList();
            case null, default -> List.of();
        };
    }
}
