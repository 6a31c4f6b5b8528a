package dev.paddock.prompt.adapt;

import dev.paddock.api.prompt.Role;
import dev.paddock.prompt.adapt.CallForm.NoContent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out how a template wants tool calls: the first form in which name, argument and result are written, and the
 * arguments as JSON or as the family has them, neither as Python's dict nor as JSON in JSON.
 *
 * @param typed roles whose content has parts
 */
record CallProbe(Probe probe, Set<Role> typed) {
    private static final String NAME = "probed_call";
    private static final String KEY = "probed_key";
    private static final String VALUE = "probed-value";
    private static final String PYTHON = "{'" + KEY;
    private static final String TWICE = "\\\"" + KEY;
    private static final String SHORT_ID = "probe0123";
    private static final String LONG_ID = "call_probe0123456789";

    Optional<CallForm> form() {
        for (var noContent : NoContent.values()) {
            for (boolean text : new boolean[] {false, true}) {
                var form = new CallForm(text, noContent, false);
                if (!fits(written(form, SHORT_ID), noContent)) continue;
                boolean shortIds = !fits(written(form, LONG_ID), noContent);
                return Optional.of(new CallForm(text, noContent, shortIds));
            }
        }
        return Optional.empty();
    }

    private static boolean fits(Optional<String> text, NoContent noContent) {
        return Probe.has(text, NAME, KEY, VALUE, Probe.RESULT)
                && !text.get().contains(PYTHON)
                && !text.get().contains(TWICE)
                && !(noContent != NoContent.EMPTY && text.get().contains("None"));
    }

    private Optional<String> written(CallForm form, String id) {
        return probe.withTools(List.of(
                Probe.said(Role.USER, content(Role.USER, Probe.USER)), calling(form, id, ""), result(id)));
    }

    /** A message with a call and content. */
    Map<String, Object> calling(CallForm form, String id, String content) {
        var message = Probe.said(Role.ASSISTANT, content(Role.ASSISTANT, content));
        if (content.isEmpty()) MessageVariables.noContent(message, form.noContent());
        Object arguments = form.textArguments() ? "{\"" + KEY + "\": \"" + VALUE + "\"}" : Map.of(KEY, VALUE);
        var function = Map.of("name", NAME, "arguments", arguments);
        message.put("tool_calls", List.of(Map.of("id", id, "type", "function", "function", function)));
        return message;
    }

    private Map<String, Object> result(String id) {
        var message = Probe.said(Role.TOOL, content(Role.TOOL, Probe.RESULT));
        message.put("tool_call_id", id);
        message.put("name", NAME);
        return message;
    }

    /** A conversation in which the assistant thought, perhaps spoke, and called. */
    Optional<String> thinking(CallForm form, Map<String, Object> thoughts, String content) {
        var message = calling(form, SHORT_ID, content);
        message.putAll(thoughts);
        return probe.withTools(List.of(
                Probe.said(Role.USER, content(Role.USER, Probe.USER)), message, result(SHORT_ID)));
    }

    private Object content(Role role, String text) {
        return ContentProbe.content(text, typed.contains(role));
    }
}
