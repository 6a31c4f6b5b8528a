package dev.paddock.itest.clients;

import dev.paddock.itest.conformance.Api;
import dev.paddock.itest.conformance.RealClient;
import dev.paddock.itest.e2e.Server;

/** Ollama's own client for JavaScript. */
@RealClient(value = "ollama", api = Api.OLLAMA_CHAT, vectors = Api.OLLAMA_EMBED)
class OllamaNpmTest extends NpmContract {
    OllamaNpmTest(Server server) {
        super(server, "ollama.mjs");
    }
}
