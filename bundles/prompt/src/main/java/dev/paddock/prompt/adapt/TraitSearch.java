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
    private static final String OTHER_VALUE = "another-value";
    private static final String SHORT_ID = "probe0123";
    private static final String OTHER_ID = "probe4567";
    private static final String LONG_ID = "call_probe0123456789";

    /** An object printed as Python does, and JSON in JSON. */
    private static final List<String> MISREAD = List.of("{'" + KEY, "\\\"" + KEY);

    private static final List<Message> CALLED_TWICE = List.of(
            said(Role.USER, USER),
            calling("", call(SHORT_ID, VALUE), call(OTHER_ID, OTHER_VALUE)),
            result(RESULT, SHORT_ID),
            result(LATER, OTHER_ID));

    private static final List<Message> CALLED_AND_SAID =
            List.of(said(Role.USER, USER), calling(ANSWER, call(SHORT_ID, VALUE)), result(RESULT, SHORT_ID));

    TemplateTraits traits() {
        return content()
                .map(this::withSystem)
                .map(this::withCalls)
                .map(this::withSystemKept)
                .orElse(TemplateTraits.PLAIN);
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

    /** Some write the system's words with the user's last turn, and lose them while a tool's result is the last. */
    private TemplateTraits withSystemKept(TemplateTraits known) {
        if (known.system() == SystemPlace.NOWHERE || known.calls().isEmpty()) return known;
        List<Message> messages = new ArrayList<>(List.of(said(Role.SYSTEM, SYSTEM)));
        messages.addAll(called(SHORT_ID));
        if (has(probe.writtenWithTools(known, messages), SYSTEM)) return known;
        var folded = known.with(SystemPlace.NOWHERE);
        return has(probe.writtenWithTools(folded, messages), SYSTEM) ? folded : known;
    }

    private TemplateTraits withCalls(TemplateTraits known) {
        for (var noContent : NoContent.values()) {
            for (boolean text : new boolean[] {false, true}) {
                var form = new CallForm(text, noContent, false, false, false);
                if (writes(known, form, called(SHORT_ID))) return known.with(completed(known, form));
            }
        }
        var result = List.of(said(Role.USER, USER), said(Role.ASSISTANT, ANSWER), result(RESULT, SHORT_ID));
        return known.withoutCalls(has(probe.writtenWithTools(known, result), ANSWER, RESULT));
    }

    /** What else calls in this form need. */
    private CallForm completed(TemplateTraits known, CallForm form) {
        var found = writes(known, form, called(LONG_ID)) ? form : form.withShortIds();
        found = better(known, found, found.withSingle(), CALLED_TWICE);
        return better(known, found, found.withContentApart(), CALLED_AND_SAID);
    }

    private CallForm better(TemplateTraits known, CallForm form, CallForm other, List<Message> messages) {
        return !writes(known, form, messages) && writes(known, other, messages) ? other : form;
    }

    private static ToolCall call(String id, String value) {
        return new ToolCall(id, NAME, Map.of(KEY, value));
    }

    private static Message calling(String content, ToolCall... calls) {
        return new Message(Role.ASSISTANT, content, "", List.of(calls), "", "");
    }

    private static Message result(String text, String id) {
        return new Message(Role.TOOL, text, "", List.of(), NAME, id);
    }

    private static List<Message> called(String id) {
        return List.of(said(Role.USER, USER), calling("", call(id, VALUE)), result(RESULT, id));
    }

    /** Whether all words of the messages and their calls are written, and the calls as JSON or as the family has them. */
    private boolean writes(TemplateTraits known, CallForm form, List<Message> messages) {
        var written = probe.writtenWithTools(known.with(form), messages);
        if (written.isEmpty()) return false;
        String text = written.get();
        boolean empty = form.noContent() != NoContent.EMPTY && text.contains("None");
        return !empty
                && MISREAD.stream().noneMatch(text::contains)
                && messages.stream().allMatch(m -> in(text, m));
    }

    private static boolean in(String text, Message message) {
        return text.contains(message.content())
                && message.toolCalls().stream()
                        .allMatch(call -> text.contains(call.name())
                                && text.contains(KEY)
                                && text.contains((String) call.arguments().get(KEY)));
    }
}
