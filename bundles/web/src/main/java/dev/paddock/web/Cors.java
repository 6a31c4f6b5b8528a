package dev.paddock.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;

/** Answers browsers that ask whether a page may call the server. */
final class Cors {
    private static final String METHODS = "GET,POST,PUT,PATCH,DELETE,HEAD,OPTIONS";
    private static final String MAX_AGE_SECONDS = "43200";
    private static final String HEADERS = "Authorization,Content-Type,User-Agent,Accept,X-Requested-With,"
            + "X-Api-Key,Anthropic-Version,Anthropic-Beta,Anthropic-Dangerous-Direct-Browser-Access,Openai-Beta,"
            + "X-Goog-Api-Key,X-Goog-Api-Client,"
            + "X-Stainless-Arch,X-Stainless-Async,X-Stainless-Custom-Poll-Interval,X-Stainless-Helper-Method,"
            + "X-Stainless-Lang,X-Stainless-Os,X-Stainless-Package-Version,X-Stainless-Poll-Helper,"
            + "X-Stainless-Retry-Count,X-Stainless-Runtime,X-Stainless-Runtime-Version,X-Stainless-Timeout";

    /** What SDKs in a browser look at: Anthropic's have another name for the id. */
    private static final String EXPOSED = "X-Request-Id, Request-Id, Retry-After, X-Paddock-Ignored";

    private final OriginCheck origins;

    Cors(OriginCheck origins) {
        this.origins = origins;
    }

    /** What became of a request's Origin header. */
    enum Verdict {
        /** Go on. */
        PASS,
        /** The question was answered. */
        ANSWERED,
        /** A page that may not call. */
        FORBIDDEN
    }

    /** Checks the Origin header and sets what an allowed page's browser wants to see. */
    Verdict check(HttpServletRequest request, HttpServletResponse response) {
        String origin = request.getHeader("Origin");
        // Browsers send one; a second one is somebody's attempt to be let in by the first.
        if (Collections.list(request.getHeaders("Origin")).size() > 1) return Verdict.FORBIDDEN;
        if (origin == null || OriginCheck.same(origin, String.valueOf(request.getHeader("Host")))) return Verdict.PASS;
        response.addHeader("Vary", "Origin");
        if (!origins.allows(origin)) return Verdict.FORBIDDEN;
        response.setHeader("Access-Control-Allow-Origin", origins.answer(origin));
        if (!request.getMethod().equals("OPTIONS")) {
            response.setHeader("Access-Control-Expose-Headers", EXPOSED);
            return Verdict.PASS;
        }
        response.addHeader("Vary", "Access-Control-Request-Method");
        response.addHeader("Vary", "Access-Control-Request-Headers");
        response.setHeader("Access-Control-Allow-Methods", METHODS);
        response.setHeader("Access-Control-Allow-Headers", HEADERS);
        response.setHeader("Access-Control-Max-Age", MAX_AGE_SECONDS);
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        return Verdict.ANSWERED;
    }
}
