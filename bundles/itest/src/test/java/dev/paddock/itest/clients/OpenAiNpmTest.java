package dev.paddock.itest.clients;

import dev.paddock.itest.conformance.Api;
import dev.paddock.itest.conformance.RealClient;
import dev.paddock.itest.e2e.Server;

/** OpenAI's own client for JavaScript, with chat completions. */
@RealClient(value = "openai", api = Api.OPENAI_CHAT, vectors = Api.OPENAI_EMBEDDINGS)
class OpenAiNpmTest extends NpmContract {
    OpenAiNpmTest(Server server) {
        super(server, "openai.mjs");
    }
}
