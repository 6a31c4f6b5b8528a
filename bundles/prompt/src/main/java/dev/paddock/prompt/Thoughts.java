package dev.paddock.prompt;

import dev.paddock.api.prompt.ChatTemplate;

/** What templates and prompts show about thinking. */
final class Thoughts {
    private Thoughts() {}

    /** Whether a template can ask for thoughts: by a switch, or by opening them in the assistant's turn. */
    static boolean asked(ChatTemplate template) {
        String text = template.text();
        if (!text.contains(TagParser.THINK)) return false;
        if (text.contains("enable_thinking")) return true;
        int opening = text.lastIndexOf("add_generation_prompt");
        return opening >= 0 && text.indexOf(TagParser.THINK, opening) >= 0;
    }

    /** Whether an answer to this prompt begins inside a thought. */
    static boolean opened(String prompt) {
        return prompt.stripTrailing().endsWith(TagParser.THINK);
    }
}
