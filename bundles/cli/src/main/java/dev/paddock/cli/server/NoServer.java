package dev.paddock.cli.server;

import dev.paddock.api.settings.HostAddress;

/** Nobody listens where the server should be. */
public final class NoServer extends Failure {
    private static final long serialVersionUID = 1L;

    NoServer(HostAddress address, String why) {
        super("no server answers on " + address.authority() + " (" + why
                + "); start one with: paddock serve (or name another with PADDOCK_HOST)");
    }
}
