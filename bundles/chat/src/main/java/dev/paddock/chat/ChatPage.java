package dev.paddock.chat;

import dev.paddock.api.web.OpenToAll;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.propertytypes.ServiceRanking;
import org.osgi.service.servlet.whiteboard.HttpWhiteboardConstants;

/**
 * {@code /}: the page for who asks for HTML.
 *
 * <p>Ollama's API has words of its own there, and of two servlets with the same pattern a container uses one; so this one
 * is also a filter, which answers those who name HTML and lets all others pass. As a servlet it ranks low: it answers
 * those others, in words by which probes know a server, only when nobody else wants the path.
 */
@Component(
        service = {Servlet.class, Filter.class},
        property = {
            HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_PATTERN + "=",
            HttpWhiteboardConstants.HTTP_WHITEBOARD_FILTER_REGEX + "=/?"
        })
@ServiceRanking(-10)
@OpenToAll
public final class ChatPage extends HttpServlet implements Filter {
    private static final long serialVersionUID = 1L;

    private final transient PageFile page = PageFile.read("index.html");

    /** Reads the page from the bundle. */
    @Activate
    public ChatPage() {
        // All fields are set above.
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest asked = (HttpServletRequest) request;
        HttpServletResponse answer = (HttpServletResponse) response;
        if (Methods.read(asked)) answer.addHeader("Vary", "Accept");
        if (Methods.read(asked) && HtmlAccept.names(asked.getHeader("Accept"))) page.answer(asked, answer);
        else chain.doFilter(request, response);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean read = Methods.read(request);
        byte[] words = (read ? "Paddock is running" : "405 method not allowed").getBytes(StandardCharsets.UTF_8);
        if (!read) {
            response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            response.setHeader("Allow", "GET, HEAD");
        }
        response.setContentType("text/plain; charset=utf-8");
        response.setContentLength(words.length);
        if (!request.getMethod().equals("HEAD")) response.getOutputStream().write(words);
    }
}
