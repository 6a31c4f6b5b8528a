package dev.paddock.console;

import dev.paddock.api.settings.Settings;
import dev.paddock.api.web.Exchange;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.felix.webconsole.spi.SecurityProvider;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.propertytypes.ServiceRanking;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who comes into the web console, all of its pages. The launcher tells the console to stay shut while this is not there. A
 * request that did not pass the edge, which knows who may see {@code /system} at all, is refused.
 */
@Component(service = SecurityProvider.class, property = SecurityProvider.PROPERTY_ID + "=" + ConsoleDoor.ID)
@ServiceRanking(100)
public final class ConsoleDoor implements SecurityProvider {
    /** The launcher's property {@code felix.webconsole.security.providers} names it. */
    static final String ID = "paddock";

    /**
     * What the console's own pages may do: they are older than such policies, with scripts in their text, one of which
     * evaluates strings to sort tables. Nothing is loaded from or sent to elsewhere. Our page has a stricter one.
     */
    static final String POLICY = "default-src 'none'; script-src 'self' 'unsafe-inline' 'unsafe-eval';"
            + " style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self';"
            + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleDoor.class);
    private static final int TOO_MANY_REQUESTS = 429;

    private final Passwords passwords;
    private final Attempts attempts;

    /** Looks for the passwords in the home. */
    @Activate
    public ConsoleDoor(@Reference Settings settings) {
        this(new Passwords(settings.home()), new Attempts(System::nanoTime));
    }

    ConsoleDoor(Passwords passwords, Attempts attempts) {
        this.passwords = passwords;
        this.attempts = attempts;
    }

    @Override
    public Object authenticate(HttpServletRequest request, HttpServletResponse response) {
        try {
            return let(request, response);
        } catch (IOException e) {
            LOG.warn("nobody comes into the console: {}", e.toString());
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return null;
        }
    }

    private Object let(HttpServletRequest request, HttpServletResponse response) throws IOException {
        protect(response);
        if (request.getAttribute(Exchange.ATTRIBUTE) == null) {
            return refuse(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "the web bundle is not active");
        }
        if (CrossSite.is(request)) {
            return refuse(response, HttpServletResponse.SC_FORBIDDEN, "the console takes no requests of other pages");
        }
        var shown = BasicLogin.of(request.getHeader("Authorization"));
        if (shown.isEmpty()) return challenge(response);
        String address = request.getRemoteAddr();
        Duration left = attempts.left(address);
        if (left.isPositive()) return slow(response, left);
        if (!opens(address, shown.get())) {
            LOG.warn("{}: wrong password for the console", address);
            return challenge(response);
        }
        if (!atRoot(request)) return Passwords.USER;
        response.sendRedirect(request.getContextPath() + "/system/console/" + ConsolePage.LABEL);
        return null;
    }

    private boolean opens(String address, BasicLogin shown) throws IOException {
        if (passwords.remembers(shown.user(), shown.password())) return true;
        return attempts.tryNow(address, () -> passwords.open(shown.user(), shown.password()));
    }

    /** Where the console would show its list of bundles. */
    private static boolean atRoot(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.endsWith("/system/console") || path.endsWith("/system/console/");
    }

    private static void protect(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
    }

    private static Object challenge(HttpServletResponse response) throws IOException {
        response.setHeader("WWW-Authenticate", "Basic realm=\"Paddock\", charset=\"UTF-8\"");
        return refuse(
                response,
                HttpServletResponse.SC_UNAUTHORIZED,
                "user admin, and the password in the file console-password of the server's home, or the one you chose");
    }

    private static Object slow(HttpServletResponse response, Duration left) throws IOException {
        long seconds = left.plusNanos(999_999_999).toSeconds();
        response.setHeader("Retry-After", Long.toString(seconds));
        return refuse(
                response, TOO_MANY_REQUESTS, "too many wrong passwords from here; try again in " + seconds + " s");
    }

    private static Object refuse(HttpServletResponse response, int status, String reason) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain; charset=utf-8");
        response.getOutputStream().write((reason + "\n").getBytes(StandardCharsets.UTF_8));
        return null;
    }

    @Override
    public boolean authorize(Object user, String role) {
        return Passwords.USER.equals(user);
    }

    /** Browsers forget a password that is refused. */
    @Override
    public void logout(HttpServletRequest request, HttpServletResponse response) {
        try {
            challenge(response);
        } catch (IOException e) {
            LOG.debug("nobody is left to be logged out", e);
        }
    }
}
