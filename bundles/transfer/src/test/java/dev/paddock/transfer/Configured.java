package dev.paddock.transfer;

import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;

/** Settings with their defaults and some of them changed. */
final class Configured {
    private final Map<String, Object> changed = new LinkedHashMap<>();

    /** What tests need: loopback, and short times. */
    static Configured forTests() {
        return new Configured()
                .with("private_networks", new String[] {"loopback"})
                .with("stall", "10s");
    }

    Configured with(String name, Object value) {
        changed.put(name, value);
        return this;
    }

    TransferConfig config() {
        Map<String, Object> values = Map.copyOf(changed);
        return (TransferConfig) Proxy.newProxyInstance(
                TransferConfig.class.getClassLoader(),
                new Class<?>[] {TransferConfig.class},
                (_, method, _) -> values.getOrDefault(method.getName(), method.getDefaultValue()));
    }
}
