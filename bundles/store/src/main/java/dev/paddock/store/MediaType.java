package dev.paddock.store;

/** Media types in manifests, as Ollama writes them. */
final class MediaType {
    static final String MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    static final String CONFIG = "application/vnd.docker.container.image.v1+json";

    static final String MODEL = "application/vnd.ollama.image.model";
    static final String ADAPTER = "application/vnd.ollama.image.adapter";
    static final String TEMPLATE = "application/vnd.ollama.image.template";
    /** What template layers were called in early Ollama. */
    static final String PROMPT = "application/vnd.ollama.image.prompt";

    static final String SYSTEM = "application/vnd.ollama.image.system";
    static final String PARAMS = "application/vnd.ollama.image.params";
    static final String MESSAGES = "application/vnd.ollama.image.messages";
    static final String LICENSE = "application/vnd.ollama.image.license";

    private MediaType() {}
}
