package dev.paddock.prompt.path;

import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.ChatTemplate.Language;

/**
 * What a model gets of which nothing is known. A text alone goes as it is, as in Ollama: a model that was trained on
 * plain text goes on with it. In a conversation it could not tell who said what, so there the speakers are named.
 */
final class Plain {
    static final ChatTemplate TEMPLATE = new ChatTemplate(Language.JINJA, Resource.text("plain.jinja"));

    private Plain() {}
}
