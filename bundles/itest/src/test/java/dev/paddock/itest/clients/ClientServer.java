package dev.paddock.itest.clients;

import dev.paddock.itest.e2e.OneServer;
import dev.paddock.itest.e2e.Server;
import dev.paddock.itest.e2e.SlowModel;

/** For the tests of all clients: with the starter model, and a slow one for those who leave. */
final class ClientServer extends OneServer {
    @Override
    protected void prepare(Server server) throws Exception {
        SlowModel.install(server);
    }
}
