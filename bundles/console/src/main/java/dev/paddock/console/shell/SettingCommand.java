package dev.paddock.console.shell;

import dev.paddock.api.settings.KnownSetting;
import dev.paddock.api.settings.SettingChange;
import dev.paddock.api.settings.SettingChange.Place;
import dev.paddock.api.settings.SettingsEditor;
import dev.paddock.api.settings.SettingsEditor.Outcome;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Predicate;
import org.apache.felix.service.command.Descriptor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code paddock:config}. */
@Component(
        service = SettingCommand.class,
        property = {"osgi.command.scope=paddock", "osgi.command.function=config"})
public final class SettingCommand {
    /** Who changed it, for the history. */
    private static final String BY = "shell";

    private static final String USAGE =
            "config [PART] | config set PID KEY VALUE | config unset PID KEY | config history | config revert ID";

    private final SettingsEditor editor;

    /** A command over the settings. */
    @Activate
    public SettingCommand(@Reference SettingsEditor editor) {
        this.editor = editor;
    }

    /** Sees and changes them. */
    @Descriptor("settings with their values and what set them; " + USAGE)
    public String config(
            @Descriptor("part of a name, or set, unset, history, revert and what they need") String... words) {
        String first = words.length == 0 ? "" : words[0];
        return switch (first + " " + words.length) {
            case "set 4" -> told(editor.set(new Place(words[1], words[2]), words[3], BY));
            case "unset 3" -> told(editor.unset(new Place(words[1], words[2]), BY));
            case "history 1" -> history();
            case "revert 2" -> told(editor.revert(words[1], BY));
            default -> {
                if (words.length > 1) throw new IllegalArgumentException(USAGE);
                yield list(known -> name(known).contains(first));
            }
        };
    }

    private String list(Predicate<KnownSetting> asked) {
        var table = new Table("PID", "KEY", "VALUE", "SET BY");
        for (KnownSetting known : editor.known()) {
            if (!asked.test(known)) continue;
            var setting = known.setting();
            String value = known.declared().secret() ? "(secret)" : text(setting.value());
            table.row(setting.pid(), setting.key(), value, setting.source());
        }
        return table.orElse("no setting has that in its name");
    }

    private String history() {
        var table = new Table("ID", "AGO", "BY", "SETTING", "BEFORE", "AFTER");
        for (SettingChange change : editor.history()) {
            String before = change.secret() ? "(secret)" : text(change.before());
            String after = change.secret() ? "(secret)" : text(change.after());
            String ago = Table.until(Instant.now(), change.at());
            table.row(change.id(), ago, change.by(), change.place().toString(), before, after);
        }
        return table.orElse("no setting was changed yet");
    }

    private static String told(Outcome outcome) {
        var setting = outcome.setting().setting();
        String value = outcome.setting().declared().secret() ? "(secret)" : text(setting.value());
        String now = setting.pid() + " " + setting.key() + " is " + value;
        return outcome.note().isEmpty() ? now : now + "; " + outcome.note();
    }

    private static String name(KnownSetting known) {
        return known.setting().pid() + " " + known.setting().key();
    }

    private static String text(Object value) {
        if (value == null) return "";
        return value instanceof Object[] list ? Arrays.toString(list) : value.toString();
    }
}
