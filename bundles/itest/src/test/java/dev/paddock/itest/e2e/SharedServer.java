package dev.paddock.itest.e2e;

/** With nothing but the starter model. */
final class SharedServer extends OneServer {
    @Override
    protected void prepare(Server server) {}
}
