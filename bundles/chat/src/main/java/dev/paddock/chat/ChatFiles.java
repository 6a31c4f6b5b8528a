package dev.paddock.chat;

import dev.paddock.api.web.OpenToAll;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** {@code /chat/*}: scripts, styles and the icon of the page. A name is looked up in a list, never in a file system. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern(ChatFiles.BELOW + "*")
@OpenToAll
public final class ChatFiles extends HttpServlet {
    static final String BELOW = "/chat/";
    static final Set<String> NAMES = Set.of(
            "answer.css",
            "answering.js",
            "api.js",
            "app.js",
            "dom.js",
            "icon.svg",
            "inline.js",
            "markdown.js",
            "page.css",
            "panels.js",
            "picker.js",
            "sidebar.js",
            "storage.js",
            "theme.js",
            "thread.js",
            "view.js");

    private static final long serialVersionUID = 1L;

    private final transient Map<String, PageFile> files =
            NAMES.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), PageFile::read));

    /** Reads the files from the bundle. */
    @Activate
    public ChatFiles() {
        // All fields are set above.
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getRequestURI();
        PageFile file = path.startsWith(BELOW) ? files.get(path.substring(BELOW.length())) : null;
        if (file == null) refuse(response, HttpServletResponse.SC_NOT_FOUND, "404 page not found");
        else if (Methods.read(request)) file.answer(request, response);
        else {
            response.setHeader("Allow", "GET, HEAD");
            refuse(response, HttpServletResponse.SC_METHOD_NOT_ALLOWED, "405 method not allowed");
        }
    }

    private static void refuse(HttpServletResponse response, int status, String words) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.getOutputStream().write(words.getBytes(StandardCharsets.UTF_8));
    }
}
