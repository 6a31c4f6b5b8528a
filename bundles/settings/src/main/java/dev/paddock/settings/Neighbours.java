package dev.paddock.settings;

import dev.paddock.api.settings.SettingCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.metatype.MetaTypeService;

/**
 * What the other bundles say of their settings. They are looked up when they are asked: settings come before all others,
 * and those who come and go later keep nobody waiting.
 */
final class Neighbours implements Judge.Components {
    private final BundleContext context;
    private List<Long> read = List.of();
    private Declarations declarations = Declarations.NONE;

    Neighbours(BundleContext context) {
        this.context = context;
    }

    /** What all bundles declare; read again only when a bundle came, went or changed. */
    synchronized Declarations declared() {
        List<Bundle> bundles = List.of(context.getBundles());
        List<Long> state = new ArrayList<>();
        bundles.forEach(bundle -> state.addAll(List.of(bundle.getBundleId(), bundle.getLastModified())));
        if (state.equals(read)) return declarations;
        var reference = context.getServiceReference(MetaTypeService.class);
        if (reference == null) return declarations;
        with(reference, metatypes -> {
            declarations = Metatypes.of(metatypes, bundles);
            read = state;
        });
        return declarations;
    }

    @Override
    public void check(String pid, Map<String, Object> values) {
        try {
            for (var reference : context.getServiceReferences(SettingCheck.class, "(service.pid=" + pid + ")")) {
                with(reference, check -> check.check(Map.copyOf(values)));
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(pid + " is no name of a configuration", e);
        }
    }

    private <S> void with(ServiceReference<S> reference, Consumer<S> action) {
        S service = context.getService(reference);
        if (service == null) return;
        try {
            action.accept(service);
        } finally {
            context.ungetService(reference);
        }
    }
}
