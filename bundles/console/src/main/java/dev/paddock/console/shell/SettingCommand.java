package dev.paddock.console.shell;

import dev.paddock.api.settings.Setting;
import dev.paddock.api.settings.Settings;
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
    private final Settings settings;

    /** A command over the settings. */
    @Activate
    public SettingCommand(@Reference Settings settings) {
        this.settings = settings;
    }

    /** All of them. */
    @Descriptor("every setting with its value and what set it")
    public String config() {
        return table(_ -> true);
    }

    /** Some of them. */
    @Descriptor("the settings whose name holds a text, with their values and what set them")
    public String config(@Descriptor("part of PID or key, such as keep.alive") String part) {
        return table(setting -> (setting.pid() + " " + setting.key()).contains(part));
    }

    private String table(Predicate<Setting> asked) {
        var table = new Table("PID", "KEY", "VALUE", "SET BY");
        settings.all().stream()
                .filter(asked)
                .forEach(setting -> table.row(setting.pid(), setting.key(), text(setting.value()), setting.source()));
        return table.orElse("no setting has that in its name");
    }

    private static String text(Object value) {
        return value instanceof Object[] list ? Arrays.toString(list) : String.valueOf(value);
    }
}
