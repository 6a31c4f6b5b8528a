package dev.paddock.chat;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.DispatcherType;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChatTest {
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    private static final Path PAGE = Path.of("src/main/resources/dev/paddock/chat/page");

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void start() throws Exception {
        ChatPage page = new ChatPage();
        var context = new ServletContextHandler("/");
        context.addServlet(new ServletHolder(page), "");
        context.addServlet(new ServletHolder(new ChatFiles()), ChatFiles.BELOW + "*");
        context.addFilter(new FilterHolder(page), "", EnumSet.of(DispatcherType.REQUEST));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(context);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        client.shutdownNow();
        server.stop();
    }

    @Test
    void whoNamesHtmlGetsThePage() throws Exception {
        HttpResponse<String> page = send("GET", "/", "Accept", BROWSER);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<title>Paddock</title>");
        assertThat(header(page, "Content-Type")).isEqualToIgnoringCase("text/html;charset=utf-8");
        assertThat(header(page, "Vary")).isEqualTo("Accept");
    }

    @Test
    void probesGetWords() throws Exception {
        assertThat(send("GET", "/").body()).isEqualTo("Paddock is running");
        assertThat(send("GET", "/", "Accept", "*/*").body()).isEqualTo("Paddock is running");
        assertThat(header(send("GET", "/"), "Vary")).isEqualTo("Accept");
        HttpResponse<String> head = send("HEAD", "/");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(header(head, "Content-Length")).isEqualTo("18");
        assertThat(send("POST", "/", "Accept", BROWSER).statusCode()).isEqualTo(405);
    }

    @Test
    void htmlIsNamedOrNot() {
        assertThat(HtmlAccept.names(BROWSER)).isTrue();
        assertThat(HtmlAccept.names("application/json, Text/HTML ; q=0.1")).isTrue();
        assertThat(HtmlAccept.names("application/xhtml+xml")).isTrue();
        assertThat(HtmlAccept.names(null)).isFalse();
        assertThat(HtmlAccept.names("")).isFalse();
        assertThat(HtmlAccept.names("*/*")).isFalse();
        assertThat(HtmlAccept.names("text/*")).isFalse();
        assertThat(HtmlAccept.names("text/html;q=0")).isFalse();
        assertThat(HtmlAccept.names("text/html; charset=x ; q=0.000")).isFalse();
        assertThat(HtmlAccept.names(";,;;,text/htmlx")).isFalse();
    }

    @Test
    void everyFileTellsTheBrowserWhatItMayDo() throws Exception {
        for (String name : ChatFiles.NAMES) {
            HttpResponse<String> file = send("GET", ChatFiles.BELOW + name);
            assertThat(file.statusCode()).as(name).isEqualTo(200);
            assertThat(file.body()).isEqualTo(Files.readString(PAGE.resolve(name)));
            assertGuarded(file);
        }
        assertGuarded(send("GET", "/", "Accept", BROWSER));
        assertThat(header(send("GET", "/chat/app.js"), "Content-Type")).startsWithIgnoringCase("text/javascript");
        assertThat(header(send("GET", "/chat/page.css"), "Content-Type")).startsWithIgnoringCase("text/css");
        assertThat(header(send("GET", "/chat/icon.svg"), "Content-Type")).isEqualTo("image/svg+xml");
    }

    private static void assertGuarded(HttpResponse<String> file) {
        assertThat(header(file, "Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "form-action 'none'")
                .doesNotContain("unsafe", "http");
        assertThat(header(file, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(file, "Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(header(file, "Cache-Control")).isEqualTo("no-cache");
    }

    @Test
    void whatTheBrowserHasIsNotSentAgain() throws Exception {
        String etag = header(send("GET", "/chat/app.js"), "ETag");
        assertThat(etag).matches("\"[0-9a-f]{32}\"");
        for (String known : new String[] {etag, "W/" + etag, "\"x\", " + etag, "*"}) {
            HttpResponse<String> again = send("GET", "/chat/app.js", "If-None-Match", known);
            assertThat(again.statusCode()).as(known).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(header(again, "ETag")).isEqualTo(etag);
        }
        assertThat(send("GET", "/chat/app.js", "If-None-Match", "\"old\"").statusCode())
                .isEqualTo(200);
        assertThat(header(send("GET", "/chat/api.js"), "ETag")).isNotEqualTo(etag);
    }

    @Test
    void onlyTheFilesOfTheListAreThere() throws Exception {
        for (String path : new String[] {
            "/chat/",
            "/chat/index.html",
            "/chat/../ChatPage.class",
            "/chat/%2e%2e/ChatPage.class",
            "/chat/page/app.js",
            "/chat/app.js/",
            "/chat//app.js",
            "/chat/APP.JS",
            "/chat/app%2ejs",
            "/chat/app.js%00.css",
            "/chat/..%5capp.js",
            "/chat/META-INF/MANIFEST.MF",
            "/chat/app.js;x=1"
        }) {
            assertThat(status(path)).as(path).isIn("400", "404");
        }
        assertThat(send("POST", "/chat/app.js").statusCode()).isEqualTo(405);
        assertThat(header(send("PUT", "/chat/app.js"), "Allow")).isEqualTo("GET, HEAD");
        assertThat(header(send("HEAD", "/chat/app.js"), "Content-Length")).isNotEqualTo("0");
    }

    @Test
    void theListIsTheFolderAndThePageNamesNothingElse() throws Exception {
        try (var files = Files.list(PAGE)) {
            Set<String> names =
                    new TreeSet<>(files.map(f -> f.getFileName().toString()).toList());
            names.remove("index.html");
            assertThat(ChatFiles.NAMES).containsExactlyInAnyOrderElementsOf(names);
        }
        for (String name : ChatFiles.NAMES) {
            String text = Files.readString(PAGE.resolve(name));
            assertThat(text)
                    .as(name)
                    .doesNotContain("innerHTML =", "outerHTML", "insertAdjacentHTML", "document.write", "eval(");
            var imports = Pattern.compile("from '\\./([^']+)'").matcher(text);
            while (imports.find()) assertThat(ChatFiles.NAMES).contains(imports.group(1));
        }
        String page = Files.readString(PAGE.resolve("index.html"));
        assertThat(page).doesNotContain("http:", "https:", "style=", "onclick", "<script>", "<style>");
    }

    /** Written to the socket as it is: clients would make a path like these plain. */
    private String status(String path) throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort())) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            try (InputStream in = socket.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8).split(" ")[1];
            }
        }
    }

    private HttpResponse<String> send(String method, String path, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + connector.getLocalPort() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) request.headers(headers);
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
