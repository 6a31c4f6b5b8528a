package dev.paddock.cli;

import dev.paddock.cli.server.Failure;
import dev.paddock.cli.server.Site;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Asks the server's OSGi shell (Gogo) over the socket in its home, which only its own user can open. */
@Command(
        name = "shell",
        customSynopsis = "paddock shell COMMAND [ARGUMENT]...",
        description = "Run a command in the server's OSGi shell: lb, stop, start, update, uninstall, ...",
        footer = {"", "Example: paddock shell stop dev.paddock.dialect-openai"})
final class ShellCommand implements Callable<Integer> {
    private final Site site;

    /** All words as they are: what looks like an option is one of the shell's command. */
    @Unmatched
    private List<String> words = new ArrayList<>();

    ShellCommand(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        if (words.isEmpty())
            throw new Failure(Failure.USAGE, "name a command of the shell, for example: paddock shell lb");
        Path socket = site.home().resolve("gogo.sock");
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap((String.join(" ", words) + "\n").getBytes(StandardCharsets.UTF_8)));
            channel.shutdownOutput();
            Channels.newInputStream(channel).transferTo(site.out());
            site.out().flush();
            return 0;
        } catch (IOException e) {
            throw new Failure("no server of this home answers on " + socket
                    + "; start one with `paddock serve`, or name its home in PADDOCK_HOME");
        }
    }
}
