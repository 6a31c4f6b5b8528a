package dev.paddock.prompt.adapt;

import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.ThoughtMarks;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out how a template wants the assistant's thoughts.
 *
 * @param typed roles whose content has parts
 * @param calls how it wants calls
 */
record ThoughtProbe(Probe probe, Set<Role> typed, Optional<CallForm> calls) {
    ThoughtForm form() {
        boolean parts = !Probe.has(answered(false), Probe.THOUGHT)
                && !inLoop()
                && Probe.has(answered(true), Probe.THOUGHT, Probe.ANSWER);
        return new ThoughtForm(parts, besideBoth(), marks(parts));
    }

    /** Many templates write thoughts only between a call and the answer. */
    private boolean inLoop() {
        return calls.isPresent()
                && Probe.has(
                        new CallProbe(probe, typed).thinking(calls.get(), beside(), ""), Probe.THOUGHT, Probe.RESULT);
    }

    private static Map<String, Object> beside() {
        return Map.of("reasoning_content", Probe.THOUGHT, "thinking", Probe.THOUGHT);
    }

    private Map<String, Object> user() {
        return Probe.said(Role.USER, ContentProbe.content(Probe.USER, typed.contains(Role.USER)));
    }

    /** A last turn of the assistant with a thought, in parts or beside the content. */
    private Optional<String> answered(boolean parts) {
        if (parts) {
            var thought = Map.of("type", "thinking", "thinking", Probe.THOUGHT);
            var answer = Map.of("type", "text", "text", Probe.ANSWER);
            return probe.closed(user(), Probe.said(Role.ASSISTANT, List.of(thought, answer)));
        }
        var message =
                Probe.said(Role.ASSISTANT, ContentProbe.content(Probe.ANSWER, typed.contains(Role.ASSISTANT)));
        message.putAll(beside());
        return probe.closed(user(), message);
    }

    private boolean besideBoth() {
        if (calls.isEmpty()) return true;
        var calling = new CallProbe(probe, typed);
        return calling.thinking(calls.get(), beside(), Probe.ANSWER).isPresent()
                || calling.thinking(calls.get(), beside(), "").isEmpty();
    }

    /** What stands before and behind a thought, less what opens every turn of the assistant. */
    private Optional<ThoughtMarks> marks(boolean parts) {
        var answered = answered(parts);
        var opened = probe.opened(user());
        if (!Probe.has(answered, Probe.THOUGHT, Probe.ANSWER) || opened.isEmpty()) return Optional.empty();
        String text = answered.get();
        int thought = text.indexOf(Probe.THOUGHT);
        int answer = text.indexOf(Probe.ANSWER, thought);
        if (answer < 0) return Optional.empty();
        String before = text.substring(0, thought);
        String close = text.substring(thought + Probe.THOUGHT.length(), answer);
        String open = before.substring(common(before, opened.get()));
        return close.isBlank() ? Optional.empty() : Optional.of(new ThoughtMarks(open, close));
    }

    private static int common(String a, String b) {
        int i = 0;
        while (i < Math.min(a.length(), b.length()) && a.charAt(i) == b.charAt(i)) i++;
        return i;
    }
}
