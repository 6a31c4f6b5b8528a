package dev.paddock.gguf.internal;

import dev.paddock.api.settings.Defaults;
import dev.paddock.api.settings.SettingCheck;
import dev.paddock.gguf.GgufGate;
import dev.paddock.gguf.GgufLimits;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gate that everybody finds. It stays the same one when settings change, so that nobody has to start anew. */
@Component(
        service = {GgufGate.class, SettingCheck.class},
        configurationPid = SettingsGate.PID)
@Designate(ocd = SettingsGate.Config.class)
public final class SettingsGate implements GgufGate, SettingCheck {
    /** Where the limits are. */
    public static final String PID = "dev.paddock.gguf";

    private static final Logger LOG = LoggerFactory.getLogger(SettingsGate.class);

    /** Limits of GGUF headers. */
    @ObjectClassDefinition(
            name = "GGUF files",
            description =
                    "What the header of a model file may hold at most. Beyond, the file is refused. Each default is "
                            + "far above any real model.")
    public @interface Config {
        @AttributeDefinition(
                name = "Header",
                description = "Bytes of metadata and tensor descriptions together, 1 to 1073741824.")
        long header_bytes() default 134_217_728;

        @AttributeDefinition(name = "String", description = "Bytes of one text, 1 to 1073741824.")
        int string_bytes() default 16_777_216;

        @AttributeDefinition(name = "Array", description = "Elements of one array, 1 to 1073741824.")
        int array_elements() default 67_108_864;

        @AttributeDefinition(
                name = "Nesting",
                description = "How deep arrays may lie in arrays, 1 to 64; 1 = only arrays of plain values.")
        int array_depth() default 4;

        @AttributeDefinition(name = "Metadata", description = "Entries of metadata, 1 to 16777216.")
        int key_values() default 16_384;

        @AttributeDefinition(name = "Tensors", description = "Tensors in one file, 1 to 16777216.")
        int tensors() default 65_536;
    }

    private volatile GgufLimits limits = GgufLimits.DEFAULTS;

    /** Limits that cannot be are logged, and the defaults hold. */
    @Activate
    public SettingsGate(Config config) {
        modified(config);
    }

    @Override
    public void check(Map<String, Object> values) {
        Defaults.check(Config.class, values, SettingsGate::limits);
    }

    private static GgufLimits limits(Config config) {
        return new GgufLimits(
                config.header_bytes(),
                config.string_bytes(),
                config.array_elements(),
                config.array_depth(),
                config.key_values(),
                config.tensors());
    }

    /** Limits that cannot be are logged, and those that were hold on. */
    @Modified
    void modified(Config config) {
        try {
            limits = limits(config);
        } catch (IllegalArgumentException e) {
            LOG.error("the limits of GGUF files stay as they were: {}", e.getMessage());
        }
    }

    @Override
    public GgufLimits limits() {
        return limits;
    }
}
