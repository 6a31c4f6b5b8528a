package dev.paddock.itest.clients;

import dev.paddock.itest.conformance.Api;
import dev.paddock.itest.conformance.RealClient;
import dev.paddock.itest.conformance.Trait;
import dev.paddock.itest.e2e.Server;

/** Anthropic's own client for JavaScript. */
@RealClient(
        value = "@anthropic-ai/sdk",
        api = Api.ANTHROPIC_MESSAGES,
        vectors = Api.ANTHROPIC_MESSAGES,
        absent = Trait.EMBEDDINGS,
        because = "Anthropic's API has no vectors")
class AnthropicNpmTest extends NpmContract {
    AnthropicNpmTest(Server server) {
        super(server, "anthropic-cases.mjs");
    }
}
