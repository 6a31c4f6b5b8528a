package dev.paddock.settings;

import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Hears of changes in Config Admin. A service of its own: the platform does not see services that are ours as well. */
@Component(service = ConfigurationListener.class)
public final class ConfigAdminWatch implements ConfigurationListener {
    private final LayeredSettings settings;

    /** @param settings are told */
    @Activate
    public ConfigAdminWatch(@Reference LayeredSettings settings) {
        this.settings = settings;
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        if (event.getType() != ConfigurationEvent.CM_LOCATION_CHANGED) settings.configurationChanged(event.getPid());
    }
}
