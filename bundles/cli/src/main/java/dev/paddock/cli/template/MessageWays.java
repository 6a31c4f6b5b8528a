package dev.paddock.cli.template;

import dev.paddock.api.prompt.Role;
import dev.paddock.prompt.adapt.CallForm;
import dev.paddock.prompt.adapt.CallForm.NoContent;
import dev.paddock.prompt.adapt.TemplateTraits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** In what ways messages are put for a Jinja template that does not take them as they are, in words. */
final class MessageWays {
    private MessageWays() {}

    static String of(TemplateTraits traits) {
        List<String> ways = new ArrayList<>();
        if (!traits.typed().isEmpty()) {
            ways.add("content in parts ("
                    + traits.typed().stream().map(MessageWays::name).sorted().collect(Collectors.joining(", ")) + ")");
        }
        switch (traits.system()) {
            case ANYWHERE -> {}
            case FIRST -> ways.add("a system that speaks later in the user's turn");
            case NOWHERE -> ways.add("system in the user's turn");
        }
        traits.calls().ifPresentOrElse(form -> calls(form, ways), () -> ways.add("calls in the content"));
        if (!traits.results()) ways.add("results as the user's words");
        return ways.isEmpty() ? "as they are" : String.join(", ", ways);
    }

    private static void calls(CallForm form, List<String> ways) {
        if (form.textArguments()) ways.add("arguments as JSON text");
        if (form.noContent() != NoContent.EMPTY) ways.add("calls without content");
        if (form.shortIds()) ways.add("ids of nine characters");
        if (form.single()) ways.add("one call in a message");
        if (form.apart()) ways.add("calls apart from content");
    }

    private static String name(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
