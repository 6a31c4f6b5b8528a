package dev.paddock.api.settings;

import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The server's configuration as it was read; its presence says that Config Admin is filled. */
@ProviderType
public interface Settings {
    /** The directory of this installation's data: logs, engine libraries, generated secrets. */
    Path home();

    /** Every value that was set, with its source; sorted by pid and key. */
    List<Setting> all();
}
