package dev.paddock.dialect.gemini;

import java.lang.annotation.Annotation;

/** Settings for tests: nothing takes long. */
final class QuickSettings implements GeminiApi.Config {
    @Override
    public String drain_timeout() {
        return "50ms";
    }

    @Override
    public Class<? extends Annotation> annotationType() {
        return GeminiApi.Config.class;
    }
}
