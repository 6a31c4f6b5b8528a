package dev.paddock.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.web.Exchange;
import dev.paddock.api.web.OpenToAll;
import dev.paddock.api.web.SelfGuarded;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which servlets whom the gate lets reach; the names are what the container says. */
class GateTest {
    @TempDir
    private Path home;

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final Gate gate = new Gate();
    private final Servlet open = new Plain();
    private Edge edge;

    @BeforeEach
    void start() throws Exception {
        Files.writeString(home.resolve("console-password"), "the password\n");
        edge = new Edge(home, EdgeTest.settings());
        var context = new ServletContextHandler("/");
        context.addFilter(new FilterHolder(edge), "/*", EnumSet.of(DispatcherType.REQUEST));
        context.addFilter(new FilterHolder(gate), "/*", EnumSet.of(DispatcherType.REQUEST));
        add(context, "/undeclared", new Plain(), Map.of());
        add(context, "/open", open, Map.of(OpenToAll.PROPERTY, true));
        add(context, "/guarded", new Guarded(), Map.of());
        context.addServlet(new ServletHolder("unheard", new Plain()), "/unheard");
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(context);
        server.start();
    }

    private void add(ServletContextHandler context, String path, Servlet servlet, Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(more);
        properties.put("osgi.http.whiteboard.servlet.name", path);
        context.addServlet(new ServletHolder(path, servlet), path);
        gate.addServlet(servlet, properties);
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
        edge.stop();
    }

    @Test
    void whatDeclaresNothingIsForTheOwner() throws Exception {
        for (String path : new String[] {"/undeclared", "/unheard"}) {
            assertThat(get(path).statusCode()).isEqualTo(403);
            assertThat(get(path, "Authorization", "Bearer wrong").statusCode()).isEqualTo(403);
            assertThat(get(path, "Authorization", "Bearer the password").statusCode())
                    .isEqualTo(200);
            assertThat(get(path, "Authorization", "Bearer the password", "X-Forwarded-For", "192.0.2.1")
                            .statusCode())
                    .as("from somewhere else")
                    .isIn(401, 503);
        }
    }

    @Test
    void openAndSelfGuardedServletsAreReached() throws Exception {
        assertThat(get("/open", "X-Forwarded-For", "192.0.2.1").statusCode()).isEqualTo(200);
        assertThat(get("/guarded", "X-Forwarded-For", "192.0.2.1").statusCode()).isEqualTo(418);
    }

    @Test
    void aSuccessorIsNotShutOutWhenTheOldOneGoes() throws Exception {
        var successor = new Plain();
        gate.addServlet(successor, Map.of("osgi.http.whiteboard.servlet.name", "/open", OpenToAll.PROPERTY, true));
        gate.removeServlet(open);
        assertThat(get("/open").statusCode()).isEqualTo(200);
        gate.addServlet(new Plain(), Map.of("osgi.http.whiteboard.servlet.name", "/open"));
        assertThat(get("/open").statusCode()).as("the stricter of two counts").isEqualTo(403);
    }

    @Test
    void whoGuessesThePasswordIsToldToWait() throws Exception {
        for (int i = 0; i < 3; i++)
            assertThat(get("/undeclared", "Authorization", "Bearer " + i).statusCode())
                    .isEqualTo(403);
        var over = get("/undeclared", "Authorization", "Bearer the password");
        assertThat(over.statusCode()).as("a guess is not even looked at").isEqualTo(429);
        assertThat(over.headers().firstValue("Retry-After")).isPresent();
        assertThat(get("/open").statusCode()).isEqualTo(200);
    }

    @Test
    void anEmptyPasswordOpensNothing() throws Exception {
        Files.writeString(home.resolve("console-password"), "\n");
        assertThat(get("/undeclared", "Authorization", "Bearer ").statusCode()).isEqualTo(403);
        Files.delete(home.resolve("console-password"));
        assertThat(get("/undeclared", "Authorization", "Bearer ").statusCode()).isEqualTo(403);
        assertThat(get("/undeclared").statusCode()).isEqualTo(403);
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + connector.getLocalPort() + path));
        if (headers.length > 0) request.headers(headers);
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }

    private static class Plain extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getOutputStream().print("reached");
        }
    }

    /** Says so in a form of its own. */
    private static final class Guarded extends HttpServlet implements SelfGuarded {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            assertThat(request.getAttribute(Exchange.ATTRIBUTE)).isNotNull();
            response.setStatus(418);
        }
    }
}
