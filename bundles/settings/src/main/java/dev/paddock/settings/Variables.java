package dev.paddock.settings;

import dev.paddock.api.settings.HostAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The table of environment variables. */
final class Variables {
    static final String PADDOCK = "PADDOCK_";
    static final String OLLAMA = "OLLAMA_";

    private static final String ENGINE = "dev.paddock.engine";
    private static final String INFERENCE = "dev.paddock.inference";
    private static final String SCHEDULER = "dev.paddock.scheduler";
    private static final String STORE = "dev.paddock.store";
    private static final String TRANSFER = "dev.paddock.transfer";
    private static final String LISTENER = "dev.paddock.listeners";
    private static final String WEB = "dev.paddock.web";

    private static final String OFF = "backends.off";
    /** Backends that a machine can do without. */
    private static final List<String> OPTIONAL = List.of("cuda", "vulkan", "metal");

    /** What is read, each with either prefix. */
    static final List<Variable> READ = List.of(
            new Variable("HOST", HttpDefaults.PID, Variables::listener),
            Variable.of("MODELS", STORE, "models", Values::directory),
            Variable.of("NOPRUNE", STORE, "prune", text -> !Values.truth(text)),
            Variable.of("QUOTA", STORE, "quota", Values::size),
            Variable.of("RESERVE", STORE, "reserve", Values::size),
            Variable.of("PRUNE_GRACE", STORE, "prune.grace", Values::duration),
            Variable.of("PARTIAL_KEEP", STORE, "partial.keep", Values::duration),
            Variable.of("VERIFY_RATE", STORE, "verify.rate", Values::size),
            Variable.of("GO_TEMPLATE", STORE, "go.template", text -> Values.truth(text) ? "always" : "never"),
            Variable.of("KEEP_ALIVE", SCHEDULER, "keep.alive", Values::duration),
            Variable.of("CONTEXT_LENGTH", SCHEDULER, "context.length", Values::count),
            new Variable("NUM_PARALLEL", SCHEDULER, (text, _) -> unlessZero("parallel", text)),
            new Variable("MAX_LOADED_MODELS", SCHEDULER, (text, _) -> unlessZero("max.loaded.models", text)),
            Variable.of("MAX_QUEUE", SCHEDULER, "max.queue", Values::count),
            Variable.of("PRELOAD", SCHEDULER, "preload", Values::list),
            Variable.of("PINNED", SCHEDULER, "pinned", Values::list),
            Variable.of("OFFLOAD", SCHEDULER, "offload", String::strip),
            Variable.of("REQUIRE_GPU", SCHEDULER, "require.gpu", Values::truth),
            Variable.of("BACKEND_MODELS", SCHEDULER, "backend.models", Values::list),
            Variable.of("REBALANCE", SCHEDULER, "rebalance", String::strip),
            Variable.of("MEMORY_MARGIN", SCHEDULER, "memory.margin", Values::count),
            Variable.of("IDENTITY_RUNNING", SCHEDULER, "identity.running", Values::count),
            Variable.of("IDENTITY_WAITING", SCHEDULER, "identity.waiting", Values::count),
            Variable.of("DRAFT_MODELS", SCHEDULER, "draft.models", Values::list),
            Variable.of("THREADS", SCHEDULER, "threads", Values::count),
            Variable.of("CACHE_HOST", ENGINE, "cache.host", String::strip),
            Variable.of("CACHE_DISK", ENGINE, "cache.disk", String::strip),
            Variable.of("SPECULATIVE", ENGINE, "speculative", String::strip),
            Variable.of("QUARANTINE_DEATHS", ENGINE, "quarantine.deaths", Values::count),
            Variable.of("BACKENDS_PINNED", ENGINE, "backends.pinned", Values::list),
            Variable.of("BACKENDS_OFF", ENGINE, OFF, Values::list),
            Variable.of("LLM_LIBRARY", ENGINE, OFF, Variables::others),
            Variable.of("PROBE_TIMEOUT", ENGINE, "probe.timeout", Values::duration),
            Variable.of("CANARY_TOLERANCE", ENGINE, "canary.tolerance", Values::real),
            Variable.of("CANARY_SPEED", ENGINE, "canary.speed", Values::real),
            Variable.of("CACHE_SHARE", INFERENCE, "cache.share", String::strip),
            Variable.of("CONTEXT_POLICY", INFERENCE, "context.policy", String::strip),
            Variable.of("TRANSFER_RATE", TRANSFER, "rate", String::strip),
            Variable.of("MAX_TRANSFER_STREAMS", TRANSFER, "parts", Values::count),
            Variable.of("PRIVATE_NETWORKS", TRANSFER, "private.networks", Values::list),
            Variable.of("PLAIN_HTTP", TRANSFER, "plain.http", String::strip),
            Variable.of("PROXY", TRANSFER, "proxy", String::strip),
            Variable.of("CA_FILE", TRANSFER, "ca.file", String::strip),
            Variable.of("MIRRORS", TRANSFER, "mirrors", Values::list),
            Variable.of("AUTH_REALMS", TRANSFER, "auth.realms", Values::list),
            Variable.of("TLS_HOST", LISTENER + "~tls", "address", String::strip),
            Variable.of("TLS_CERTIFICATE", LISTENER + "~tls", "certificate", String::strip),
            Variable.of("TLS_KEY", LISTENER + "~tls", "key", String::strip),
            Variable.of("SOCKET", LISTENER + "~socket", "socket", String::strip),
            Variable.of("READY_POLICY", "dev.paddock.health", "ready.policy", String::strip),
            Variable.of("DRAIN_TIMEOUT", "dev.paddock.drain", "drain.timeout", Values::duration),
            Variable.of("ORIGINS", WEB, "origins", Values::list),
            Variable.of("INSECURE", WEB, "insecure", Values::truth));

    /** Read by the start script, the launcher or the command line, with either prefix. */
    static final Set<String> READ_ELSEWHERE =
            Set.of("API_KEY", "HOME", "DEBUG", "JAVA", "JAVA_OPTS", "AOT", "NOHISTORY");

    /** What Ollama's server reads and Paddock cannot do yet. */
    static final Set<String> UNSUPPORTED = Set.of(
            "CLOUD_BASE_URL",
            "DEBUG_LOG_REQUESTS",
            "EXPERIMENT",
            "FLASH_ATTENTION",
            "GPU_OVERHEAD",
            "IGPU_ENABLE",
            "KV_CACHE_TYPE",
            "LLAMA_CPP_COMPAT",
            "LOAD_TIMEOUT",
            "REMOTES",
            "SCHED_SPREAD",
            "VULKAN");

    private Variables() {}

    /** Where zero means that Ollama decides by itself, our default decides. */
    private static Map<String, Object> unlessZero(String key, String text) {
        int count = Values.count(text);
        return count == 0 ? Map.of() : Map.of(key, count);
    }

    /** Ollama names the one library to use, {@code cpu} or {@code cuda_v12}; here the others are switched off. */
    private static String[] others(String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        boolean known = wanted.startsWith("cpu") || OPTIONAL.stream().anyMatch(wanted::startsWith);
        if (!known) throw new IllegalArgumentException("must be cpu, cuda, vulkan or metal");
        return OPTIONAL.stream().filter(id -> !wanted.startsWith(id)).toArray(String[]::new);
    }

    private static Map<String, Object> listener(String text, Consumer<String> complaints) {
        var address = HostAddress.parse(text, complaints);
        if (!address.scheme().equals("http")) {
            complaints.accept("the server speaks plain http; \"" + address.scheme() + "://\" is ignored");
        }
        if (!address.path().isEmpty()) {
            complaints.accept("a server has no path; \"" + address.path() + "\" is ignored");
        }
        String host = address.host().isEmpty() ? "0.0.0.0" : address.host();
        return Map.of(HttpDefaults.HOST, host, HttpDefaults.PORT, address.port());
    }
}
