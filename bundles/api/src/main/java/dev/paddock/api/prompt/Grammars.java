package dev.paddock.api.prompt;

import org.osgi.annotation.versioning.ProviderType;

/** Where grammars begin. Safe for many threads. */
@ProviderType
public interface Grammars {
    /** An empty grammar. */
    GrammarBuilder begin();
}
