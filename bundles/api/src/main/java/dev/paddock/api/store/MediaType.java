package dev.paddock.api.store;

/** Media types in manifests, as Ollama writes them. Layers of other types are kept and not looked at. */
public final class MediaType {
    public static final String MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    public static final String CONFIG = "application/vnd.docker.container.image.v1+json";

    /** A GGUF file of weights. */
    public static final String MODEL = "application/vnd.ollama.image.model";
    /** A GGUF file of a vision or audio encoder. */
    public static final String PROJECTOR = "application/vnd.ollama.image.projector";
    /** A GGUF file of a LoRA adapter. */
    public static final String ADAPTER = "application/vnd.ollama.image.adapter";
    /** A GGUF file of a small model that guesses ahead. */
    public static final String DRAFT = "application/vnd.ollama.image.draft";
    /** One tensor of a model in safetensors form, which this server does not run. */
    public static final String TENSOR = "application/vnd.ollama.image.tensor";

    /** A Go template. */
    public static final String TEMPLATE = "application/vnd.ollama.image.template";
    /** What template layers were called in early Ollama. */
    public static final String PROMPT = "application/vnd.ollama.image.prompt";

    public static final String SYSTEM = "application/vnd.ollama.image.system";
    public static final String PARAMS = "application/vnd.ollama.image.params";
    public static final String MESSAGES = "application/vnd.ollama.image.messages";
    public static final String LICENSE = "application/vnd.ollama.image.license";

    private MediaType() {}
}
