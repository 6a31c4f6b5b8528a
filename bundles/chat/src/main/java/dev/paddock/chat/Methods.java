package dev.paddock.chat;

import jakarta.servlet.http.HttpServletRequest;

/** The methods that files are read with. */
final class Methods {
    private Methods() {}

    /** Whether it is GET or HEAD. */
    static boolean read(HttpServletRequest request) {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }
}
