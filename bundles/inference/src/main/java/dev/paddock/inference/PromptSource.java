package dev.paddock.inference;

import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.model.StoredModel;

/** Makes a request's prompt once the model is there to tokenize it. */
sealed interface PromptSource permits TemplatePrompt, RawPrompt, FillPrompt {
    /**
     * The prompt in tokens.
     *
     * @param most where it is given up, as soon as that is certain, with {@link Fault#CONTEXT_TOO_LONG}
     */
    Prepared prepare(StoredModel model, LoadedModel loaded, int most);

    /** How many groups of messages may be left out of it. */
    int droppable();

    /** The same without the oldest so many of those groups. */
    PromptSource without(int groups);

    /** Its number of messages. */
    int size();

    /**
     * A prompt ready to be continued.
     *
     * @param tokens the whole prompt
     * @param reading how the answer is read
     */
    record Prepared(int[] tokens, Reading reading) {}
}
