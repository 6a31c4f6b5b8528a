package dev.paddock.inference;

import dev.paddock.api.model.Option;
import dev.paddock.api.model.Options;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.PromptPath;
import dev.paddock.api.prompt.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts a model's own system text and stored messages in front of a request's messages, as Ollama does. */
final class Conversation {
    private Conversation() {}

    /** Stored messages first; the model's system text at the very front unless the request begins with one. */
    static List<Message> ofChat(StoredModel model, List<Message> request) {
        List<Message> all = new ArrayList<>();
        boolean ownSystem = !request.isEmpty() && request.getFirst().role() == Role.SYSTEM;
        if (!ownSystem && !model.system().isEmpty()) all.add(new Message(Role.SYSTEM, model.system()));
        all.addAll(model.messages());
        all.addAll(request);
        return all;
    }

    /**
     * The one user message of a completion, with a system text before it.
     *
     * @param continued whether tokens of an earlier exchange stand in front, which already hold the stored messages
     */
    static List<Message> ofPrompt(StoredModel model, Optional<String> system, String prompt, boolean continued) {
        List<Message> all = new ArrayList<>();
        String text = system.orElse(model.system());
        if (!text.isEmpty()) all.add(new Message(Role.SYSTEM, text));
        if (!continued) all.addAll(model.messages());
        all.add(new Message(Role.USER, prompt));
        return all;
    }

    /** Where no token of the model ends its answers, the next speaker's name does; named are those who said something. */
    static Options ended(Options options, PromptPath path, List<Message> messages) {
        boolean named = messages.stream().anyMatch(message -> message.role() == Role.ASSISTANT);
        if (!named || path.stops().isEmpty()) return options;
        List<String> stops = new ArrayList<>(options.stop());
        stops.addAll(path.stops());
        return options.with(Options.of(Map.of(Option.STOP.key(), stops)));
    }
}
