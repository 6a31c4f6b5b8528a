package dev.paddock.launcher;

import org.slf4j.LoggerFactory;

/** The server's process. {@code bin/paddock serve} starts it; {@link Exit} says what its exit codes mean. */
public final class Main {
    private Main() {}

    /** Runs until the server is stopped; always ends the JVM itself, as the framework's threads would keep it alive. */
    public static void main(String[] arguments) {
        var timings = new Timings();
        timings.step("JVM");
        System.exit(run(arguments, timings).code());
    }

    @SuppressWarnings("IllegalCatch") // whatever it is, the process must end and say so
    private static Exit run(String[] arguments, Timings timings) {
        try {
            if (arguments.length > 0) throw new LaunchException(Exit.UNEXPECTED, "paddock serve takes no arguments");
            Layout layout = Layout.of(System.getenv());
            System.setProperty("paddock.home", layout.home().toString());
            serve(layout, timings);
            return Exit.STOPPED;
        } catch (LaunchException e) {
            System.err.println("paddock: " + e.getMessage());
            return e.exit();
        } catch (Throwable e) {
            LoggerFactory.getLogger(Main.class).error("the server ended unexpectedly", e);
            return Exit.UNEXPECTED;
        }
    }

    /** Nothing is logged before home and port are sure: the log is in the home. */
    private static void serve(Layout layout, Timings timings) throws Exception {
        PortGuard.check(PortGuard.wanted(System.getenv()));
        ConfigFiles.check(layout.home().resolve("configs"));
        Home home = Home.claim(layout);
        timings.step("checks");
        var server = new Server(layout, home, timings);
        try {
            server.run();
        } catch (Exception e) {
            // What breaks because it is being stopped is none of the user's business.
            if (!server.toldToStop()) throw e;
        } finally {
            server.stop();
        }
    }
}
