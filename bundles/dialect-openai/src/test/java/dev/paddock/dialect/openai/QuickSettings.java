package dev.paddock.dialect.openai;

import java.lang.annotation.Annotation;

/** Settings for tests: nothing takes long. */
final class QuickSettings implements OpenAiApi.Config {
    @Override
    public String drain_timeout() {
        return "50ms";
    }

    @Override
    public int responses_count() {
        return 3;
    }

    @Override
    public String responses_bytes() {
        return "40k";
    }

    @Override
    public String responses_age() {
        return "1h";
    }

    @Override
    public Class<? extends Annotation> annotationType() {
        return OpenAiApi.Config.class;
    }
}
