package dev.paddock.itest.e2e;

import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests that leave no trace the same running server; it is stopped after the last test of the run. */
public abstract class OneServer implements ParameterResolver {
    /** Makes the server, which runs with an empty home by then, what these tests need. */
    protected abstract void prepare(Server server) throws Exception;

    @Override
    public final boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Server.class;
    }

    @Override
    public final Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(getClass()))
                .getOrComputeIfAbsent(Server.class, key -> start(), Server.class);
    }

    private Server start() {
        try {
            Server server = Server.start(Map.of());
            prepare(server);
            return server;
        } catch (Exception e) {
            throw new IllegalStateException("the distribution did not start", e);
        }
    }
}
