package dev.paddock.prompt.path;

import dev.paddock.api.model.Capability;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.PromptPath;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.prompt.Tool;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a model can do by the way it is prompted. Pure functions. */
final class PathAbilities {
    private static final Set<Capability> BY_PATH = EnumSet.of(Capability.TOOLS, Capability.THINKING, Capability.INSERT);

    /** A question with a tool on offer. */
    private static final PromptInput OFFER = new PromptInput(
            List.of(new Message(Role.USER, "?")),
            List.of(new Tool("f", Map.of("type", "function", "function", Map.of("name", "f")))),
            Think.UNSET,
            "",
            "");

    private PathAbilities() {}

    /**
     * The store's word for all but what depends on prompts.
     *
     * @param talking its path without tools
     * @param calling its path with them
     * @param fills whether it can fill gaps
     */
    static Set<Capability> of(StoredModel model, PromptPath talking, PromptPath calling, boolean fills) {
        Set<Capability> found = EnumSet.copyOf(model.capabilities());
        found.removeAll(BY_PATH);
        if (thinks(model, talking)) found.add(Capability.THINKING);
        if (calls(calling)) found.add(Capability.TOOLS);
        if (fills) found.add(Capability.INSERT);
        return Collections.unmodifiableSet(found);
    }

    /** Some models think without being asked to: their templates show that only in what they do with earlier thoughts. */
    private static boolean thinks(StoredModel model, PromptPath path) {
        return shown(path).contains(Capability.THINKING)
                || model.capabilities().contains(Capability.THINKING)
                        && path.format().thoughts(path.signs()).isPresent();
    }

    /** A format may read calls that the template never asks for: then tools on offer would be dropped in silence. */
    private static boolean calls(PromptPath path) {
        if (!shown(path).contains(Capability.TOOLS)) return false;
        var prepared = path.format().prepare(path.signs(), OFFER);
        return path.placesTools() || !prepared.messages().equals(OFFER.messages());
    }

    private static Set<Capability> shown(PromptPath path) {
        return path.format().capabilities(path.signs());
    }
}
