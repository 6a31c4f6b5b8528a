package dev.paddock.dialect.ollama;

import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.Reply;
import dev.paddock.dialect.kit.Router;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** The routes by which clients ask for an account in Ollama's cloud and for what it does: there is none, so they hear that. */
final class CloudRoutes {
    /** Those without a part that varies. */
    static final Set<String> PATHS = Set.of(
            "/api/status",
            "/api/me",
            "/api/signout",
            "/api/experimental/web_search",
            "/api/experimental/web_fetch",
            "/api/experimental/model-recommendations");

    private CloudRoutes() {}

    static Router addTo(Router router) {
        return router.on("GET", "/api/status", CloudRoutes::status)
                .on("POST", "/api/me", CloudRoutes::account)
                .on("POST", "/api/signout", CloudRoutes::signOut)
                .on("DELETE", "/api/user/keys/*", CloudRoutes::signOut)
                .on("POST", "/api/experimental/web_search", call -> refuse(call, "web search is unavailable"))
                .on("POST", "/api/experimental/web_fetch", call -> refuse(call, "web fetch is unavailable"))
                .on("GET", "/api/experimental/model-recommendations", CloudRoutes::recommendations);
    }

    /** By it clients leave their cloud features out. */
    private static void status(Call call) throws IOException {
        var cloud = new Reply().put("disabled", true).put("source", "config");
        call.json(200, new Reply().put("cloud", cloud.json()).json());
    }

    /** Not signed in; without the {@code signin_url} at which one could. */
    private static void account(Call call) throws IOException {
        call.json(401, OllamaErrors.error("unauthorized"));
    }

    private static void signOut(Call call) throws IOException {
        call.json(401, OllamaErrors.error("you are not currently signed in"));
    }

    private static void refuse(Call call, String what) throws IOException {
        Requests.body(call);
        throw new Cloud.Refusal(what);
    }

    private static void recommendations(Call call) throws IOException {
        call.json(200, new Reply().put("recommendations", List.of()).json());
    }
}
