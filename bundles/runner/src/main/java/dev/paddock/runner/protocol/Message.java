package dev.paddock.runner.protocol;

import java.util.List;

/**
 * Everything that crosses the socket. Messages of one request carry its {@code id}, which the server chooses (from 1
 * on; 0 is the load). Each request gets exactly one last answer: {@link Tokens}, {@link Text}, {@link End} or {@link
 * Failed}.
 *
 * <p>{@link Codec} writes them by hand: no reflection, because a runner's start counts in milliseconds.
 */
public sealed interface Message {
    /** Version of this file's meaning; both sides must have the same. */
    int PROTOCOL = 1;

    /** The id of the load, for {@link Failed}. */
    long LOAD_ID = 0;

    /** What a server says. */
    sealed interface FromServer extends Message {}

    /** What a runner says. */
    sealed interface FromRunner extends Message {}

    /**
     * First word of both sides. Its layout never changes, so that different versions can tell.
     *
     * @param protocol {@link #PROTOCOL} of the speaker
     * @param pid process id of the speaker
     * @param software name and version of the speaker
     */
    record Hello(int protocol, long pid, String software) implements FromServer, FromRunner {}

    /**
     * Server: load this model. Answered by {@link Progress}, then {@link Ready} or {@link Failed} with {@link
     * #LOAD_ID}.
     *
     * @param model the GGUF file
     * @param libraries directory with libggml-base, libggml and libllama
     * @param backends in the order of loading: GPUs first, the CPU last
     * @param contextLength tokens; 0 = what the model was trained for, at most {@code contextLimit}
     * @param contextLimit upper limit when {@code contextLength} is 0
     * @param batch most tokens in one decode call; 0 = 512
     * @param microBatch most tokens computed at a time; 0 = the batch, at most 512
     * @param parallel sequences that may run at once, 1 to 256
     * @param threads compute threads; 0 = by the machine
     * @param gpuLayers layers on the GPU; -1 = all, 0 = none
     */
    record Load(
            String model,
            String libraries,
            List<BackendFiles> backends,
            int contextLength,
            int contextLimit,
            int batch,
            int microBatch,
            int parallel,
            int threads,
            int gpuLayers)
            implements FromServer {
        public Load {
            backends = List.copyOf(backends);
        }
    }

    /**
     * The files of one backend.
     *
     * @param id short name: {@code cpu}, {@code vulkan}...
     * @param files candidates, absolute or relative to the library directory; the one that suits this machine best is
     *     loaded, never two
     */
    record BackendFiles(String id, List<String> files) {
        public BackendFiles {
            files = List.copyOf(files);
        }
    }

    /**
     * Server: text to tokens. Answered by {@link Tokens}.
     *
     * @param addSpecial adds what the model wants around a text
     * @param parseSpecial reads the text of control tokens as those tokens
     */
    record Tokenize(long id, String text, boolean addSpecial, boolean parseSpecial) implements FromServer {}

    /** Server: tokens to text, control tokens included. Answered by {@link Text}. */
    record Detokenize(long id, int[] tokens) implements FromServer {}

    /**
     * Server: continue this prompt. Answered by {@link Chunk}s, then {@link End} or {@link Failed}.
     *
     * @param maxTokens most tokens to generate; -1 = until the context is full
     * @param stop texts that end the answer and are not part of it
     */
    record Generate(long id, int[] prompt, Sampling sampling, int maxTokens, List<String> stop) implements FromServer {
        public Generate {
            stop = List.copyOf(stop);
        }
    }

    /**
     * How the next token is chosen; the fields mean what they mean in the server's own Sampling.
     *
     * @param seed unsigned 32 bit; negative = random
     * @param temperature 0 = greedy
     * @param topK 0 or less = off
     * @param topP 1 = off
     * @param minP 0 = off
     * @param typicalP 1 = off
     * @param repeatLastN tokens that penalties look at; 0 = off, -1 = the whole context
     * @param repeatPenalty 1 = off
     * @param presencePenalty 0 = off
     * @param frequencyPenalty 0 = off
     */
    record Sampling(
            long seed,
            float temperature,
            int topK,
            float topP,
            float minP,
            float typicalP,
            int repeatLastN,
            float repeatPenalty,
            float presencePenalty,
            float frequencyPenalty) {
        /** Always the most likely token. */
        public static final Sampling GREEDY = new Sampling(0, 0f, 0, 1f, 0f, 1f, 0, 1f, 0f, 0f);
    }

    /**
     * Server: stop this request, at once; unknown ids are ignored. The request's last answer is {@link Failed},
     * CANCELLED.
     */
    record Cancel(long id) implements FromServer {}

    /** Server: free everything and end. */
    record Shutdown() implements FromServer {}

    /**
     * Runner: loading goes on.
     *
     * @param fraction 0 to 1
     */
    record Progress(float fraction) implements FromRunner {}

    /**
     * Runner: the model is loaded.
     *
     * @param backend what computes, for example {@code CPU (zen4)}
     * @param engineVersion version of llama.cpp
     * @param contextLength tokens of context in effect
     * @param trainedContext tokens the model was trained for
     * @param batch most tokens in one decode call
     * @param parallel sequences that may run at once
     * @param threads compute threads
     * @param vocabulary number of tokens
     * @param bosToken text of the begin-of-sequence token, or empty
     * @param eosToken text of the end-of-sequence token, or empty
     * @param memoryBytes weights, KV cache and compute buffers, by the engine's log
     * @param gpuBytes the part of it on GPUs
     */
    record Ready(
            String backend,
            String engineVersion,
            int contextLength,
            int trainedContext,
            int batch,
            int parallel,
            int threads,
            int vocabulary,
            String bosToken,
            String eosToken,
            long memoryBytes,
            long gpuBytes)
            implements FromRunner {}

    /** Runner: the answer to {@link Tokenize}. */
    record Tokens(long id, int[] tokens) implements FromRunner {}

    /** Runner: the answer to {@link Detokenize}; bytes that are no UTF-8 are U+FFFD. */
    record Text(long id, String text) implements FromRunner {}

    /**
     * Runner: more of an answer. When the reader is slow, several are joined to one.
     *
     * @param text whole characters; may be empty
     * @param tokens the tokens since the last chunk; text may lag behind them
     */
    record Chunk(long id, String text, int[] tokens) implements FromRunner {}

    /**
     * Runner: a generation ended well.
     *
     * @param promptTokens tokens of the prompt
     * @param cachedTokens those that did not need to be computed
     * @param completionTokens tokens generated, the end token not counted
     * @param promptNanos computing the prompt
     * @param completionNanos from the first token to the last
     */
    record End(
            long id,
            EndReason reason,
            int promptTokens,
            int cachedTokens,
            int completionTokens,
            long promptNanos,
            long completionNanos)
            implements FromRunner {}

    /** Runner: this request failed, and why. */
    record Failed(long id, FailureCode code, String message) implements FromRunner {}

    /**
     * Runner: alive, and this far. Every 250 ms while something moves, every 2 s when idle, from {@link Ready} on.
     *
     * @param running sequences that hold a place in the context
     * @param waiting requests that wait for one
     * @param promptTokens prompt tokens computed since start
     * @param generatedTokens tokens generated since start
     */
    record Heartbeat(int running, int waiting, long promptTokens, long generatedTokens) implements FromRunner {}

    /** Runner: a line of its log. */
    record Log(LogLevel level, String text) implements FromRunner {}
}
