package dev.paddock.dialect.anthropic;

import java.lang.annotation.Annotation;

/** Settings for tests: nothing takes long. */
final class QuickSettings implements AnthropicApi.Config {
    @Override
    public String drain_timeout() {
        return "50ms";
    }

    @Override
    public Class<? extends Annotation> annotationType() {
        return AnthropicApi.Config.class;
    }
}
