package dev.paddock.itest.clients;

import dev.paddock.itest.e2e.Server;
import dev.paddock.itest.e2e.SlowModel;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One running server for the tests of all clients: with the starter model, and a slow one for those who leave. */
final class ClientServer implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Server.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(ClientServer.class))
                .getOrComputeIfAbsent(Server.class, key -> start(), Server.class);
    }

    private static Server start() {
        try {
            Server server = Server.start(Map.of());
            SlowModel.install(server);
            return server;
        } catch (Exception e) {
            throw new IllegalStateException("the distribution did not start", e);
        }
    }
}
