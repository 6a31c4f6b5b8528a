package dev.paddock.shell.ssh;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One channel of a visitor: a single command, or a shell that takes one line after the other. */
final class Visit implements Command {
    private static final Logger LOG = LoggerFactory.getLogger(Visit.class);
    private static final int LONGEST_LINE = 64 << 10;
    private static final String PROMPT = "paddock> ";

    private final CommandProcessor gogo;
    private final String command;
    private final BooleanSupplier closing;
    private InputStream in;
    private OutputStream out;
    private OutputStream err;
    private ExitCallback exit;
    private Thread thread;

    /**
     * A channel that was opened.
     *
     * @param command what to run; null = lines that come
     * @param closing whether it is us who end it, and not the visitor
     */
    Visit(CommandProcessor gogo, String command, BooleanSupplier closing) {
        this.gogo = gogo;
        this.command = command;
        this.closing = closing;
    }

    @Override
    public void setInputStream(InputStream in) {
        this.in = in;
    }

    @Override
    public void setOutputStream(OutputStream out) {
        this.out = out;
    }

    @Override
    public void setErrorStream(OutputStream err) {
        this.err = err;
    }

    @Override
    public void setExitCallback(ExitCallback exit) {
        this.exit = exit;
    }

    @Override
    public synchronized void start(ChannelSession channel, Environment environment) {
        boolean terminal = environment.getEnv().containsKey(Environment.ENV_TERM);
        String name = channel.getSession().getAttribute(AuthorizedKeys.NAME);
        thread = Thread.ofVirtual().name("ssh-shell").start(() -> run(terminal, name));
    }

    private void run(boolean terminal, String name) {
        int status = 1;
        InputStream input = command == null ? InputStream.nullInputStream() : in;
        try (var output = printer(out, terminal);
                var errors = terminal ? output : printer(err, false);
                var commands = new Commands(gogo, name, input, output, errors)) {
            if (command != null) status = commands.run(command);
            else if (terminal) status = type(commands, output);
            else status = read(commands);
        } catch (IOException e) {
            LOG.debug("{} went away: {}", name, e.toString());
        } catch (InterruptedException _) {
            LOG.debug("{} went away", name);
        } finally {
            exit.onExit(status);
        }
    }

    private static PrintStream printer(OutputStream out, boolean terminal) {
        return new PrintStream(terminal ? new TerminalOutput(out) : out, true, StandardCharsets.UTF_8);
    }

    /** At a terminal: lines are edited, and Ctrl-C ends what runs. */
    private int type(Commands commands, PrintStream output) throws InterruptedException {
        int status = 0;
        try (var keyboard = new Keyboard(in, output, commands::interrupt)) {
            while (true) {
                switch (keyboard.next(PROMPT)) {
                    case Keyboard.Line(String text)
                    when Commands.isExit(text) -> {
                        return status;
                    }
                    case Keyboard.Line(String text) -> status = commands.run(text);
                    case Keyboard.Abandoned _ -> status = Commands.INTERRUPTED;
                    case Keyboard.End _ -> {
                        return status;
                    }
                }
            }
        }
    }

    /** From a file or a pipe: no prompt, no echo. */
    private int read(Commands commands) throws IOException, InterruptedException {
        int status = 0;
        var text = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String line = line(text); line != null && !Commands.isExit(line); line = line(text))
            status = commands.run(line);
        return status;
    }

    private static String line(Reader text) throws IOException {
        var line = new StringBuilder();
        int next = text.read();
        for (; next >= 0 && next != '\n'; next = text.read()) {
            if (line.length() == LONGEST_LINE) throw new IOException("a line of more than " + LONGEST_LINE);
            line.append((char) next);
        }
        return next < 0 && line.isEmpty() ? null : line.toString().stripTrailing();
    }

    /** The visitor is gone, and so is what it ran. */
    @Override
    public synchronized void destroy(ChannelSession channel) {
        if (thread != null && !closing.getAsBoolean()) thread.interrupt();
    }
}
