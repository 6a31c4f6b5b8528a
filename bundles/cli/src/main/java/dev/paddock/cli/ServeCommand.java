package dev.paddock.cli;

import dev.paddock.cli.server.Failure;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Listed here for the help; the start script becomes the server itself before this program is reached. */
@Command(
        name = "serve",
        aliases = "start",
        description = "Run the server in the foreground until Ctrl-C.",
        footer = {
            "",
            "Environment: PADDOCK_HOST (address), PADDOCK_HOME (data), PADDOCK_MODELS,",
            "PADDOCK_KEEP_ALIVE, PADDOCK_DEBUG and more, see the README; OLLAMA_... is read",
            "where PADDOCK_... is not set. Files: <home>/configs/<pid>.json."
        })
final class ServeCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw new Failure("the server is started by the script bin/paddock of a distribution: bin/paddock serve");
    }
}
