package dev.paddock.shell.ssh;

import java.io.InputStream;
import java.io.PrintStream;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a visitor's commands in a session of Gogo, one after the other, and knows how they ended. */
final class Commands implements AutoCloseable {
    /** The status of a command that its visitor interrupted. */
    static final int INTERRUPTED = 130;

    private static final Logger LOG = LoggerFactory.getLogger(Commands.class);
    private static final int NOT_FOUND = 127;

    private final String name;
    private final CommandSession session;
    private final PrintStream out;
    private final PrintStream err;
    private volatile boolean running;
    private volatile boolean interrupted;

    /** @param name what the visitor is called in the log */
    Commands(CommandProcessor gogo, String name, InputStream in, PrintStream out, PrintStream err) {
        this.name = name;
        this.out = out;
        this.err = err;
        this.session = gogo.createSession(in, out, err);
        session.put("SCOPE", "paddock:felix:gogo:*");
    }

    /** Whether the line only says that there are no more. */
    static boolean isExit(String line) {
        return line.strip().equals("exit");
    }

    /**
     * Runs a line; prints what comes of it, or why it failed.
     *
     * @return 0 when it did what it should
     * @throws InterruptedException when nobody waits for it any more
     */
    @SuppressWarnings("IllegalCatch") // a command may throw whatever it likes; its caller is told
    int run(String line) throws InterruptedException {
        if (line.isBlank()) return 0;
        LOG.info("shell of {}: {}", name, begin(line));
        interrupted = false;
        running = true;
        try {
            Object result = session.execute(line);
            if (result != null) out.println(session.format(result, Converter.INSPECT));
            return interrupted ? INTERRUPTED : 0;
        } catch (Exception e) {
            if (interrupted) return INTERRUPTED;
            if (e instanceof InterruptedException gone) throw gone;
            err.println("error: " + (e.getMessage() == null ? e : e.getMessage()));
            return isUnknown(e) ? NOT_FOUND : 1;
        } finally {
            running = false;
            out.flush();
            err.flush();
        }
    }

    /** Gogo does not export this exception. */
    private static boolean isUnknown(Exception e) {
        return e.getClass().getSimpleName().equals("CommandNotFoundException");
    }

    /** Three words: what comes after them may be a secret, as in {@code config set PID KEY VALUE}. */
    private static String begin(String line) {
        String[] words = line.strip().split("\\s+", 4);
        return words.length < 4 ? String.join(" ", words) : String.join(" ", words[0], words[1], words[2], "...");
    }

    /** Ends what runs, from another thread; false when nothing does. */
    boolean interrupt() {
        if (!running) return false;
        interrupted = true;
        var job = session.foregroundJob();
        if (job != null) job.interrupt();
        return true;
    }

    /** Gogo interrupts what still runs. */
    @Override
    public void close() {
        session.close();
    }
}
