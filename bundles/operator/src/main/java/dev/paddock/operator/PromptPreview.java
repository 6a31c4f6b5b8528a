package dev.paddock.operator;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.ModelStore;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.PromptPath;
import dev.paddock.api.prompt.PromptPaths;
import dev.paddock.api.prompt.PromptRenderer;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.Tool;
import dev.paddock.api.scheduler.Resident;
import dev.paddock.api.scheduler.Scheduler;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.Fields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The prompt that a model would get for a conversation, without asking the model anything. */
record PromptPreview(ModelStore store, PromptPaths paths, PromptRenderer renderer, Scheduler scheduler) {
    void answer(Call call) throws IOException {
        Fields body = call.body().orElseGet(() -> new Fields(Map.of()));
        StoredModel model = model(call, body.text("model").orElse(""));
        List<Tool> tools = ConversationJson.tools(body);
        var given = new ConversationJson().messages(body);
        var think = ConversationJson.think(body);
        PromptPath path = paths.of(model, !tools.isEmpty());
        SequenceTexts texts = texts(model);
        var input = new PromptInput(whole(model, given), tools, think, texts.begin(), texts.end());
        String prompt = renderer.render(path.template(), path.format().prepare(path.signs(), input));
        call.ignored(body.unread());
        call.json(200, json(model, path, prompt));
    }

    private StoredModel model(Call call, String name) {
        if (name.isBlank()) throw new PaddockException(Fault.INVALID_REQUEST, "\"model\" is needed");
        var asked = ModelName.parse(name);
        call.identity().requireModel(asked);
        return store.find(asked)
                .orElseThrow(() -> new PaddockException(Fault.MODEL_NOT_FOUND, "model '" + name + "' not found"));
    }

    /** As in a chat: the model's stored messages first, its system text at the very front unless there is another. */
    private static List<Message> whole(StoredModel model, List<Message> given) {
        List<Message> all = new ArrayList<>();
        boolean ownSystem = given.getFirst().role() == Role.SYSTEM;
        if (!ownSystem && !model.system().isEmpty()) all.add(new Message(Role.SYSTEM, model.system()));
        all.addAll(model.messages());
        all.addAll(given);
        return all;
    }

    /** What the runner said, when there is one; else as the file has it. */
    private SequenceTexts texts(StoredModel model) {
        return scheduler.residents().stream()
                .filter(resident -> resident.model().weightsDigest().equals(model.weightsDigest()))
                .findFirst()
                .map(Resident::facts)
                .map(facts -> new SequenceTexts(facts.bosToken(), facts.eosToken()))
                .orElseGet(() -> SequenceTexts.read(store.metadata(model)));
    }

    private static Map<String, Object> json(StoredModel model, PromptPath path, String prompt) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model", model.name().display());
        json.put("prompt", prompt);
        json.put("language", path.template().language().name().toLowerCase(Locale.ROOT));
        json.put("origin", path.origin().name().toLowerCase(Locale.ROOT));
        json.put("why", path.why());
        json.put("format", path.format().name());
        return json;
    }
}
