package dev.paddock.prompt.grammar;

import dev.paddock.api.prompt.GrammarBuilder;
import dev.paddock.api.prompt.Grammars;
import org.osgi.service.component.annotations.Component;

/** Grammars in GBNF, as the runner and llama.cpp read them. Safe for many threads. */
@Component
public final class GbnfGrammars implements Grammars {
    @Override
    public GrammarBuilder begin() {
        return new GbnfBuilder();
    }
}
