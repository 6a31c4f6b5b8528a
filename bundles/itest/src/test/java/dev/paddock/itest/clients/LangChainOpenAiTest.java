package dev.paddock.itest.clients;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.paddock.itest.conformance.Api;
import dev.paddock.itest.conformance.RealClient;
import dev.paddock.itest.e2e.Server;

/** LangChain4j's models for OpenAI, told another address. */
@RealClient(value = "dev.langchain4j:langchain4j-open-ai", api = Api.OPENAI_CHAT, vectors = Api.OPENAI_EMBEDDINGS)
class LangChainOpenAiTest extends LangChainContract {
    private final String address;

    LangChainOpenAiTest(Server server) {
        super(server);
        address = server.address() + "/v1";
    }

    @Override
    ChatModel model(Asking asking) {
        var builder = OpenAiChatModel.builder()
                .baseUrl(address)
                .apiKey("unused")
                .modelName(asking.model())
                .temperature(0.0)
                .returnThinking(true)
                .strictJsonSchema(true)
                .maxRetries(0);
        if (asking.think() != null) builder.reasoningEffort(asking.think() ? "high" : "none");
        return builder.build();
    }

    @Override
    StreamingChatModel streaming(String model) {
        return OpenAiStreamingChatModel.builder()
                .baseUrl(address)
                .apiKey("unused")
                .modelName(model)
                .temperature(0.0)
                .build();
    }

    @Override
    EmbeddingModel embedding() {
        return OpenAiEmbeddingModel.builder()
                .baseUrl(address)
                .apiKey("unused")
                .modelName(STARTER)
                .build();
    }
}
