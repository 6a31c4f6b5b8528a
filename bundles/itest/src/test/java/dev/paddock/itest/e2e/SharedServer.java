package dev.paddock.itest.e2e;

import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests that leave no trace the same running server; it is stopped after the last test of the run. */
final class SharedServer implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Server.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedServer.class))
                .getOrComputeIfAbsent(Server.class, key -> start(), Server.class);
    }

    private static Server start() {
        try {
            return Server.start(Map.of());
        } catch (Exception e) {
            throw new IllegalStateException("the distribution did not start", e);
        }
    }
}
