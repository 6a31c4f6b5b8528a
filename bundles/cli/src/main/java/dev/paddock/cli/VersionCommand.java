package dev.paddock.cli;

import dev.paddock.cli.server.Api;
import dev.paddock.cli.server.NoServer;
import dev.paddock.cli.server.Peer;
import dev.paddock.cli.server.Site;
import dev.paddock.cli.server.Version;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Says the versions of command line and server. */
@Command(name = "version", description = "Say the versions of command line and server.")
final class VersionCommand implements Callable<Integer> {
    private final Site site;

    VersionCommand(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        site.out().println("client: paddock " + Version.own());
        Api api = site.api();
        Peer peer;
        try {
            api.probe("/", 3_000);
            peer = api.peer();
        } catch (NoServer e) {
            site.out().println("server: none answers on " + api.address().authority());
            return 0;
        }
        String name =
                switch (peer.kind()) {
                    case PADDOCK -> "paddock " + peer.version();
                    case OLLAMA -> "not a Paddock but an Ollama, " + peer.version();
                    case OTHER -> "neither a Paddock nor an Ollama";
                };
        site.out().println("server: " + name + " on " + api.address().authority());
        return 0;
    }
}
