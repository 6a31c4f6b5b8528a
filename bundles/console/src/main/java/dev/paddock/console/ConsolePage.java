package dev.paddock.console;

import dev.paddock.api.security.Keys;
import dev.paddock.api.settings.Settings;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.felix.webconsole.servlet.AbstractServlet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /system/console/paddock}: the operator's page, its scripts and styles, and what the page needs to be a client of
 * the API. {@link ConsoleDoor} has let the caller in before. Files are read when they are first asked for.
 */
@Component(
        service = Servlet.class,
        property = {
            "felix.webconsole.label=" + ConsolePage.LABEL,
            "felix.webconsole.title=Overview",
            "felix.webconsole.category=Paddock"
        })
public final class ConsolePage extends AbstractServlet {
    /** Its name in the console's addresses. */
    static final String LABEL = "paddock";

    static final Set<String> NAMES = Set.of(
            "api.js",
            "app.js",
            "backends.js",
            "charts.js",
            "decisions.js",
            "devices.js",
            "dialogs.js",
            "dom.js",
            "figures.js",
            "history.js",
            "icon.svg",
            "keys.js",
            "models.js",
            "page.css",
            "parts.css",
            "requests.js",
            "settings.js",
            "theme.js",
            "traffic.js");

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(ConsolePage.class);
    private static final String ROOT = "/console/" + LABEL;
    private static final int LONGEST_BODY = 4 * Passwords.LONGEST;

    /** The page asks for another one when it is refused. */
    private static final Duration TICKET_LIFE = Duration.ofMinutes(15);

    /** Who makes tickets. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    transient volatile Keys keys;

    private final transient Path home;
    private final transient Passwords passwords;
    private final transient Map<String, PageFile> files = new ConcurrentHashMap<>();

    /** The page of this server. */
    @Activate
    public ConsolePage(@Reference Settings settings) {
        this.home = settings.home();
        this.passwords = new Passwords(home);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getRequestURI();
        String name = path.substring(path.indexOf(ROOT) + ROOT.length());
        switch (request.getMethod() + " " + name) {
            case "POST /ticket" -> ticket(response);
            case "POST /password" -> choosePassword(request, response);
            case "GET ", "HEAD " -> file("index.html").answer(request, response);
            case String asked
            when asked.startsWith("GET /") && NAMES.contains(asked.substring(5)) ->
                file(asked.substring(5)).answer(request, response);
            default -> say(response, HttpServletResponse.SC_NOT_FOUND, "404 page not found");
        }
    }

    private PageFile file(String name) {
        return files.computeIfAbsent(name, PageFile::read);
    }

    /** What the page shows the API as its bearer. A POST, so that no cache and no history has it. */
    private void ticket(HttpServletResponse response) throws IOException {
        Keys present = keys;
        if (present == null) say(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "the bundle keys is not active");
        else say(response, HttpServletResponse.SC_OK, present.ticket(TICKET_LIFE));
    }

    private void choosePassword(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] body = request.getInputStream().readNBytes(LONGEST_BODY + 1);
        try {
            passwords.choose(new String(body, StandardCharsets.UTF_8));
            LOG.info("the console has a new password; its hash is in {}", home.resolve("console-login"));
            say(response, HttpServletResponse.SC_OK, "it counts from now on");
        } catch (IllegalArgumentException e) {
            say(response, HttpServletResponse.SC_BAD_REQUEST, e.getMessage());
        }
    }

    private static void say(HttpServletResponse response, int status, String words) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain; charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(words.getBytes(StandardCharsets.UTF_8));
    }
}
