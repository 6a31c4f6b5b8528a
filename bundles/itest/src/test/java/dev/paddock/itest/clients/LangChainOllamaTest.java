package dev.paddock.itest.clients;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaEmbeddingModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.paddock.itest.conformance.Api;
import dev.paddock.itest.conformance.RealClient;
import dev.paddock.itest.e2e.Server;

/** LangChain4j's models for Ollama. */
@RealClient(value = "dev.langchain4j:langchain4j-ollama", api = Api.OLLAMA_CHAT, vectors = Api.OLLAMA_EMBED)
class LangChainOllamaTest extends LangChainContract {
    private final String address;

    LangChainOllamaTest(Server server) {
        super(server);
        address = server.address();
    }

    @Override
    ChatModel model(Asking asking) {
        return OllamaChatModel.builder()
                .baseUrl(address)
                .modelName(asking.model())
                .temperature(0.0)
                .think(asking.think())
                .returnThinking(true)
                .maxRetries(0)
                .build();
    }

    @Override
    StreamingChatModel streaming(String model) {
        return OllamaStreamingChatModel.builder()
                .baseUrl(address)
                .modelName(model)
                .temperature(0.0)
                .build();
    }

    @Override
    EmbeddingModel embedding() {
        return OllamaEmbeddingModel.builder()
                .baseUrl(address)
                .modelName(STARTER)
                .build();
    }
}
