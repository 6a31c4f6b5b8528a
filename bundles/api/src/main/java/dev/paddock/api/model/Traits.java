package dev.paddock.api.model;

/**
 * What a model's configuration asks of whoever runs it; each may be empty.
 *
 * @param renderer name of a built-in prompt renderer
 * @param parser name of a built-in output parser
 * @param requires least version of Ollama, for people
 */
public record Traits(String renderer, String parser, String requires) {
    /** Nothing is asked. */
    public static final Traits NONE = new Traits("", "", "");
}
