package dev.paddock.shell.ssh;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.settings.Defaults;
import dev.paddock.api.settings.SettingCheck;
import dev.paddock.api.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.felix.service.command.CommandProcessor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the server's shell to those whose public key is in a file. What cannot be opened costs the shell, and one line
 * in the log, not the server. Other settings make another one of these: the port is closed and opened again.
 */
@Component(service = SettingCheck.class, immediate = true, configurationPid = SshShell.PID)
@Designate(ocd = SshShell.Config.class)
public final class SshShell implements SettingCheck {
    /** Where its settings are. */
    public static final String PID = "dev.paddock.shell.ssh";

    private static final Logger LOG = LoggerFactory.getLogger(SshShell.class);

    /** Settings of the shell over SSH. A change ends the sessions that are open. */
    @ObjectClassDefinition(name = "Shell over SSH", description = "Where the shell is served, and to whom")
    public @interface Config {
        @AttributeDefinition(
                name = "Address",
                description = "Where the shell is served, as HOST:PORT such as 127.0.0.1:11422 or [::1]:11422; :11422"
                        + " is all interfaces. Empty = nowhere.")
        String address() default "127.0.0.1:11422";

        @AttributeDefinition(
                name = "Authorized keys",
                description = "File with the public keys of those who may in, one a line in OpenSSH's form; the path is"
                        + " in the home unless it begins with /. Read again when it changes.")
        String authorized_keys() default "ssh/authorized_keys";

        @AttributeDefinition(
                name = "Host key",
                description = "File with the private key that this server shows to its visitors; made when it is not"
                        + " there. The path is in the home unless it begins with /.")
        String host_key() default "ssh/host_key";

        @AttributeDefinition(
                name = "Idle time",
                description = "After how long without a byte in either direction a session ends, as a duration like"
                        + " 10m. 0s = never.")
        String idle_timeout() default "10m";

        @AttributeDefinition(
                name = "Sessions",
                description = "How many sessions there may be at once, 1 to 64; one more is refused.")
        int sessions() default 8;
    }

    private final Path home;
    private final AutoCloseable door;

    /** Opens the port, if the settings make sense. */
    @Activate
    public SshShell(@Reference Settings settings, @Reference CommandProcessor gogo, Config config) {
        this.home = settings.home();
        this.door = open(gogo, config);
    }

    /** Not with defaults in place of what is wrong: it may be the address or the keys. */
    private AutoCloseable open(CommandProcessor gogo, Config config) {
        try {
            Setup setup = Setup.of(config, home);
            if (setup.address().isEmpty()) LOG.info("the shell is not served over SSH: {}/address is empty", PID);
            else return Door.open(setup, gogo);
        } catch (IllegalArgumentException | PaddockException e) {
            LOG.error("{}; the shell is not served over SSH until that is corrected", e.getMessage());
        } catch (IOException e) {
            LOG.error("the shell is not served over SSH at {}: {}", config.address(), e.getMessage());
        }
        return () -> {};
    }

    @Override
    public void check(Map<String, Object> values) {
        Defaults.check(Config.class, values, config -> Setup.of(config, home));
    }

    /** Ends all sessions and closes the port. */
    @Deactivate
    public void stop() throws Exception {
        door.close();
    }
}
