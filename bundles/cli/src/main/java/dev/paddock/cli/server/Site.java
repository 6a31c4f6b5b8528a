package dev.paddock.cli.server;

import dev.paddock.api.settings.HostAddress;
import dev.paddock.api.settings.UserEnvironment;
import dev.paddock.cli.http.Json;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a command runs.
 *
 * @param address where its server is, or should be
 * @param home the data directory of a server started here
 * @param install the distribution this command belongs to; empty when it runs outside of one
 * @param apiKey what the server is shown; empty = nothing
 * @param terminal which streams are terminals
 * @param in standard input
 * @param out standard output, UTF-8 whatever the locale; commands flush what should be seen
 * @param err standard error, the same
 */
public record Site(
        HostAddress address,
        Path home,
        Optional<Path> install,
        String apiKey,
        Terminal terminal,
        InputStream in,
        PrintStream out,
        PrintStream err) {
    private static final Set<String> FALSE = Set.of("", "0", "f", "F", "FALSE", "false", "False");

    /** Without an API key. */
    public Site(
            HostAddress address,
            Path home,
            Optional<Path> install,
            Terminal terminal,
            InputStream in,
            PrintStream out,
            PrintStream err) {
        this(address, home, install, "", terminal, in, out, err);
    }

    /** The site of this process: the only place of the command line that reads environment and properties. */
    public static Site here() {
        PrintStream err = stream(FileDescriptor.err);
        Map<String, String> environment = System.getenv();
        String host = UserEnvironment.variable(environment, "HOST");
        HostAddress address = HostAddress.parse(host, complaint -> err.println("Warning: " + complaint));
        Optional<Path> install =
                Optional.ofNullable(System.getProperty("paddock.install")).map(Path::of);
        return new Site(
                address,
                UserEnvironment.home(environment),
                install,
                UserEnvironment.trimmed(environment.getOrDefault("PADDOCK_API_KEY", "")),
                Terminal.here(),
                System.in,
                stream(FileDescriptor.out),
                err);
    }

    /** Whether what is typed at a prompt may be kept, by this user's environment. */
    public static boolean historyAllowed() {
        return historyAllowed(System.getenv());
    }

    /** {@code PADDOCK_NOHISTORY} forbids it, whatever it is set to but one of Ollama's words for no. */
    static boolean historyAllowed(Map<String, String> environment) {
        return FALSE.contains(UserEnvironment.variable(environment, "NOHISTORY"));
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor), 1 << 13), false, StandardCharsets.UTF_8);
    }

    /** A client of the server. */
    public Api api() {
        return apiKey.isEmpty() ? new Api(address) : new Api(address, bearer(apiKey));
    }

    private static Map<String, String> bearer(String secret) {
        return Map.of("Authorization", "Bearer " + secret);
    }

    /** The same with a server elsewhere, and no words but those on standard error. */
    public Site beside(HostAddress elsewhere) {
        return new Site(elsewhere, home, install, "", terminal, in, err, err);
    }

    /** Without the key: texts end up in logs. */
    @Override
    public String toString() {
        return "Site[" + address + ", " + home + "]";
    }

    /**
     * A client that shows the password in the server's home, if it may be read: who can is its owner. It is shown to
     * nobody on another machine, where one needs a key with the scope admin.
     */
    public Api ownersApi() {
        try {
            if (!InetAddress.getByName(address.forClient().host()).isLoopbackAddress()) return api();
            String password = Files.readString(home.resolve("console-password")).strip();
            return new Api(address, bearer(password));
        } catch (IOException e) {
            return api(); // the server says what is missing
        }
    }

    /** Prints an object for programs, on a line of its own. */
    public void json(Map<String, ?> object) {
        out.println(new String(Json.bytes(object), StandardCharsets.UTF_8));
    }

    /** Says something beside the output, at once. */
    public void say(String text) {
        err.println(text);
        err.flush();
    }

    /** Says in one sentence what went wrong; gives the exit code. */
    public int tell(Exception e) {
        out.flush();
        if (!(e instanceof Failure failure)) {
            say("Error: " + e);
            return Failure.ERROR;
        }
        if (failure.exitCode() != Failure.INTERRUPTED) say("Error: " + steerless(failure.getMessage()));
        return failure.exitCode();
    }

    /** A server or a registry may have written a part of it. */
    private static String steerless(String message) {
        return String.valueOf(message).replaceAll("[\\p{Cc}&&[^\\n\\t]]", "");
    }
}
