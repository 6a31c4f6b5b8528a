package dev.paddock.prompt.adapt;

import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.ToolCall;
import dev.paddock.prompt.adapt.CallForm.NoContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out how a template reads messages: the first way in which all that was said is in the text. What was said are words
 * that no template writes itself. The usual ways are tried first, so a template that takes several gets the usual one.
 */
record TraitSearch(Probe probe) {
    private static final String SYSTEM = "probe-of-the-system";
    private static final String USER = "probe-of-the-user";
    private static final String ANSWER = "probe-of-the-assistant";
    private static final String LATER = "probe-of-a-later-turn";
    private static final String RESULT = "probe-of-a-result";
    private static final String NAME = "probed_call";
    private static final String KEY = "probed_key";
    private static final String VALUE = "probed-value";
    private static final String SHORT_ID = "probe0123";
    private static final String LONG_ID = "call_probe0123456789";

    /** An object printed as Python does, and JSON in JSON. */
    private static final List<String> MISREAD = List.of("{'" + KEY, "\\\"" + KEY);

    TemplateTraits traits() {
        return content().map(this::withSystem).map(this::withCalls).orElse(TemplateTraits.PLAIN);
    }

    private static Message said(Role role, String content) {
        return new Message(role, content);
    }

    private boolean writes(TemplateTraits traits, List<Message> messages, String... words) {
        return has(probe.written(traits, messages), words);
    }

    private static boolean has(Optional<String> text, String... words) {
        return text.isPresent() && List.of(words).stream().allMatch(text.get()::contains);
    }

    /** Whose content has parts; empty when what the user says is not written either way. */
    private Optional<TemplateTraits> content() {
        var plain = TemplateTraits.PLAIN;
        var ofUser = plain.withTyped(Role.USER);
        var ofBoth = plain.withTyped(Role.USER, Role.ASSISTANT, Role.TOOL);
        var turns = List.of(said(Role.USER, USER), said(Role.ASSISTANT, ANSWER), said(Role.USER, LATER));
        for (var traits : List.of(plain, ofUser, ofBoth)) {
            if (writes(traits, turns, USER, ANSWER, LATER)) return Optional.of(traits);
        }
        for (var traits : List.of(plain, ofUser)) {
            if (writes(traits, List.of(said(Role.USER, USER)), USER)) return Optional.of(traits);
        }
        return Optional.empty();
    }

    private TemplateTraits withSystem(TemplateTraits known) {
        List<Message> first = List.of(said(Role.SYSTEM, SYSTEM), said(Role.USER, USER));
        List<Message> both = new ArrayList<>(first);
        both.addAll(List.of(said(Role.ASSISTANT, ANSWER), said(Role.SYSTEM, LATER), said(Role.USER, USER)));
        for (var traits : List.of(known, known.withTyped(Role.SYSTEM))) {
            if (!writes(traits, first, SYSTEM, USER)) continue;
            return writes(traits, both, SYSTEM, LATER) ? traits : traits.with(SystemPlace.FIRST);
        }
        return known.with(SystemPlace.NOWHERE);
    }

    private TemplateTraits withCalls(TemplateTraits known) {
        for (var noContent : NoContent.values()) {
            for (boolean text : new boolean[] {false, true}) {
                var traits = known.with(new CallForm(text, noContent, false, false));
                if (writesCall(traits, SHORT_ID, "")) return withTurns(withIds(traits));
            }
        }
        var result = List.of(said(Role.USER, USER), said(Role.ASSISTANT, ANSWER), result(SHORT_ID));
        return known.withoutCalls(has(probe.writtenWithTools(known, result), ANSWER, RESULT));
    }

    private TemplateTraits withIds(TemplateTraits traits) {
        return writesCall(traits, LONG_ID, "")
                ? traits
                : traits.with(traits.calls().orElseThrow().withShortIds());
    }

    private TemplateTraits withTurns(TemplateTraits traits) {
        var apart = traits.with(traits.calls().orElseThrow().withContentApart());
        return !writesCall(traits, SHORT_ID, ANSWER) && writesCall(apart, SHORT_ID, ANSWER) ? apart : traits;
    }

    private boolean writesCall(TemplateTraits traits, String id, String content) {
        var call = new ToolCall(id, NAME, Map.of(KEY, VALUE));
        var calling = new Message(Role.ASSISTANT, content, "", List.of(call), "", "");
        var text = probe.writtenWithTools(traits, List.of(said(Role.USER, USER), calling, result(id)));
        boolean empty = content.isEmpty() && traits.calls().orElseThrow().noContent() != NoContent.EMPTY;
        return has(text, NAME, KEY, VALUE, RESULT, content)
                && MISREAD.stream().noneMatch(text.get()::contains)
                && !(empty && text.get().contains("None"));
    }

    private static Message result(String id) {
        return new Message(Role.TOOL, RESULT, "", List.of(), NAME, id);
    }
}
