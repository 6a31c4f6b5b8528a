package dev.paddock.runner.protocol;

import dev.paddock.api.engine.Device;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.Logprob;
import dev.paddock.api.engine.MemoryUse;
import dev.paddock.api.engine.RunnerFacts;
import dev.paddock.api.engine.RunnerStatus;
import dev.paddock.api.engine.StopReason;
import dev.paddock.api.engine.Tally;
import dev.paddock.api.fault.Fault;
import java.util.List;
import java.util.Map;

/**
 * Everything that crosses the socket. Messages of one request carry its {@code id}, which the server chooses (from 1
 * on; 0 is the load). Each request gets exactly one last answer: {@link Tokens}, {@link Text}, {@link Vectors},
 * {@link End} or {@link Failed}. A runner does one thing: it loads a model and serves it, or it answers a {@link Probe},
 * an {@link AskFit} or a {@link Quantize}.
 *
 * <p>{@link Codec} writes them by hand: no reflection, because a runner's start counts in milliseconds.
 */
public sealed interface Message {
    /** Version of this file's meaning; both sides must have the same. */
    int PROTOCOL = 6;

    /** The id of the work that a runner was started for, for {@link Failed}. */
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
     * @param digest identifies the weights on disk caches; empty = nothing is kept on disk
     * @param libraries what computes it
     * @param devices names of the devices to use, most important first; empty = all of the GPU backend's
     * @param sizes how large its context is
     * @param draft GGUF file of a small model that guesses ahead; empty = none
     * @param cacheDirectory where computed prefixes outlive the runner; empty = nowhere
     * @param tuning what can be changed later
     */
    record Load(
            String model,
            String digest,
            Libraries libraries,
            List<String> devices,
            Sizes sizes,
            String draft,
            String cacheDirectory,
            Tuning tuning)
            implements FromServer {
        public Load {
            devices = List.copyOf(devices);
        }
    }

    /**
     * Server: say what devices there are. The only work of its runner, which then waits for {@link Shutdown}. Answered by
     * {@link Probed}, or {@link Failed} with {@link #LOAD_ID} when the core libraries cannot be loaded.
     */
    record Probe(Libraries libraries) implements FromServer {}

    /**
     * Server: say what a model would take of each device, by a dry run that allocates nothing. The only work of its runner,
     * which then waits for {@link Shutdown}. Answered by {@link Fits}, or {@link Failed} with {@link #LOAD_ID}.
     *
     * @param model the GGUF file
     * @param draft GGUF file of a small model that guesses ahead; empty = none
     * @param libraries what would compute it
     * @param devices names of the devices to use; empty = all of the GPU backend's
     * @param sizes as it would be loaded; its context length and number of layers are not looked at
     * @param contexts tokens of each sequence, at least 1 each
     * @param layers on the devices, the output layer counted; -1 = all, three quarters, half and a quarter of them
     */
    record AskFit(
            String model,
            String draft,
            Libraries libraries,
            List<String> devices,
            Sizes sizes,
            int[] contexts,
            int[] layers)
            implements FromServer {
        public AskFit {
            devices = List.copyOf(devices);
        }
    }

    /**
     * Server: pack the weights of a file anew. The only work of its runner, which then waits for {@link Shutdown}. Answered
     * by {@link Packing}s, then {@link Packed}, or {@link Failed} with {@link #LOAD_ID}.
     *
     * @param libraries of which only the core is loaded
     * @param source the GGUF file
     * @param target where to write
     * @param type llama.cpp's name of the result
     * @param requantize whether weights that are packed already may be packed again
     * @param threads 0 = one for each processor
     */
    record Quantize(Libraries libraries, String source, String target, String type, boolean requantize, int threads)
            implements FromServer {}

    /**
     * What a runner loads before any model.
     *
     * @param directory with libggml-base, libggml and libllama
     * @param backends in the order of loading: GPUs first, the CPU last
     * @param environment variables of the C environment, set before anything is loaded; names of A-Z, 0-9 and _
     */
    record Libraries(String directory, List<BackendFiles> backends, Map<String, String> environment) {
        public Libraries {
            backends = List.copyOf(backends);
            environment = Map.copyOf(environment);
        }
    }

    /**
     * How large a context is to be.
     *
     * @param contextLength tokens; 0 = what the model was trained for, at most {@code contextLimit}
     * @param contextLimit upper limit when {@code contextLength} is 0
     * @param batch most tokens in one decode call; 0 = 512
     * @param microBatch most tokens computed at a time; 0 = the batch, at most 512
     * @param parallel sequences that may run at once, 1 to 256; 0 = by model and memory, at least 4
     * @param threads compute threads; 0 = by the machine
     * @param gpuLayers layers on the devices, the output layer counted; -1 = all, 0 = none
     */
    record Sizes(
            int contextLength, int contextLimit, int batch, int microBatch, int parallel, int threads, int gpuLayers) {}

    /**
     * What can be changed while a model is loaded.
     *
     * @param hostCacheBytes most bytes of sequence state kept in host memory; 0 = none, -1 = an eighth of the memory, at
     *     most 8 GiB
     * @param diskCacheBytes most bytes of sequence state kept in the cache directory, all models together; 0 = none
     * @param speculate guesses tokens ahead where that pays
     */
    record Tuning(long hostCacheBytes, long diskCacheBytes, boolean speculate) {
        /** No cache beyond the context, no guesses. */
        public static final Tuning PLAIN = new Tuning(0, 0, false);
    }

    /** Server: from now on work so. Not answered. */
    record Tune(Tuning tuning) implements FromServer {}

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
     * @param order its prompt ends with what was answered already, when the answer began in another runner; the rest is
     *     as it was first given, so {@code maxTokens} is of the whole answer, and may be reached already: then only the
     *     text that was held back and the end are due, as they are when the context is full
     * @param resumed how many tokens at the end of the prompt belong to the answer; their text is not sent again, and the
     *     tally counts them as completion, not as prompt
     */
    record Generate(long id, GenerationOrder order, int resumed) implements FromServer {}

    /** Server: the vector of each input. Answered by {@link Vectors}. */
    record Embed(long id, List<int[]> inputs) implements FromServer {
        public Embed {
            inputs = List.copyOf(inputs);
        }
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
     * Runner: the model is loaded; how long that took is for the server to know.
     *
     * @param draftRefusal why the draft model is not used, in words that go on after its name; empty = it is, or there is
     *     none
     * @param gpuLayers layers in effect on the devices, the output layer counted; never -1
     */
    record Ready(RunnerFacts facts, String draftRefusal, int gpuLayers) implements FromRunner {}

    /**
     * Runner: the answer to {@link Probe}.
     *
     * @param devices of all backends that could be loaded, the host's own first; their versions are for the server to fill
     *     in
     * @param backends what became of each, in the order asked
     * @param engineVersion version of llama.cpp
     */
    record Probed(List<Device> devices, List<Outcome> backends, String engineVersion) implements FromRunner {
        public Probed {
            devices = List.copyOf(devices);
            backends = List.copyOf(backends);
        }
    }

    /**
     * What became of a backend that was to be loaded.
     *
     * @param id its short name
     * @param loaded whether it is; it may have no device all the same
     * @param words what loader and driver said as warnings and errors meanwhile; empty when they said none
     */
    record Outcome(String id, boolean loaded, String words) {}

    /**
     * Runner: the answer to {@link AskFit}.
     *
     * @param layers how many layers the model has, the output layer counted
     * @param computed whether a formula gave the figures, because this platform's llama.cpp cannot be asked
     * @param rows one for each pair of layers and contexts that llama.cpp would load; the others are left out
     */
    record Fits(int layers, boolean computed, List<FitRow> rows) implements FromRunner {
        public Fits {
            rows = List.copyOf(rows);
        }
    }

    /**
     * What a model takes, placed and sized so.
     *
     * @param gpuLayers layers on the devices, the output layer counted; never -1
     * @param contextLength tokens of each sequence
     * @param parallel sequences that may run at once; with 0 in the order, what a load so would choose. Name it then
     * @param uses of each device, {@link Device#HOST} for the machine's memory; a draft model included
     */
    record FitRow(int gpuLayers, int contextLength, int parallel, List<MemoryUse> uses) {
        public FitRow {
            uses = List.copyOf(uses);
        }
    }

    /**
     * Runner: the tensor of that name is being packed, and those before it are done.
     *
     * @param number 1 = the first
     * @param count of all
     */
    record Packing(int number, int count, String tensor) implements FromRunner {}

    /** Runner: the answer to {@link Quantize}: the target is written. */
    record Packed() implements FromRunner {}

    /** Runner: the answer to {@link Tokenize}. */
    record Tokens(long id, int[] tokens) implements FromRunner {}

    /** Runner: the answer to {@link Detokenize}; bytes that are no UTF-8 are U+FFFD. */
    record Text(long id, String text) implements FromRunner {}

    /** Runner: the answer to {@link Embed}, in the order of the inputs. */
    record Vectors(long id, List<float[]> vectors) implements FromRunner {
        public Vectors {
            vectors = List.copyOf(vectors);
        }
    }

    /**
     * Runner: more of an answer. When the reader is slow, several are joined to one.
     *
     * @param text whole characters; may be empty
     * @param tokens the tokens since the last chunk, never none; text may lag behind them
     * @param logprobs one for each token when asked for, else empty
     * @param soFar what the answer took in this runner up to here, for the account of one whose runner dies
     */
    record Chunk(long id, String text, int[] tokens, List<Logprob> logprobs, Tally soFar) implements FromRunner {
        public Chunk {
            logprobs = List.copyOf(logprobs);
        }
    }

    /**
     * Runner: a generation ended well.
     *
     * @param rest text that was held back until no more could come, or empty. It is not in a chunk of its own: who takes
     *     this answer up in another runner counts tokens, and could not tell whether such a chunk had come
     * @param stop the stop text that came; empty when none did
     * @param tally what the answer took in this runner
     */
    record End(long id, StopReason reason, String rest, String stop, Tally tally) implements FromRunner {}

    /** Runner: this request failed, and why. */
    record Failed(long id, Fault code, String message) implements FromRunner {}

    /** Runner: alive, and this far. Every 250 ms while something moves, every 2 s when idle, from {@link Ready} on. */
    record Heartbeat(RunnerStatus status) implements FromRunner {}

    /** Runner: a line of its log. */
    record Log(LogLevel level, String text) implements FromRunner {}
}
