package dev.paddock.operator;

import dev.paddock.api.engine.BackendKey;
import dev.paddock.api.engine.BackendReport;
import dev.paddock.api.engine.EngineService;
import dev.paddock.api.engine.Refusal;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** An engine of which only the backends are asked. */
final class ScriptedBackends {
    final CountDownLatch watched = new CountDownLatch(1);
    private final List<BackendReport> reports = new CopyOnWriteArrayList<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    EngineService engine() {
        return stub(EngineService.class, (method, arguments) -> switch (method) {
            case "backends" -> new ArrayList<>(reports);
            case "onBackendsChanged" -> {
                listeners.add((Runnable) arguments[0]);
                watched.countDown();
                yield (EngineService.Watch) () -> listeners.remove(arguments[0]);
            }
            default -> throw new UnsupportedOperationException(method);
        });
    }

    void probed(String id, String version, Refusal... refusal) {
        var key = new BackendKey(id, version);
        reports.add(new BackendReport(
                key, true, List.of(), refusal.length == 0 ? Optional.empty() : Optional.of(refusal[0])));
        listeners.forEach(Runnable::run);
    }

    /** What a method of an interface does. */
    interface Script {
        Object call(String method, Object... arguments);
    }

    static <T> T stub(Class<T> type, Script script) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (_, method, arguments) -> script.call(method.getName(), arguments)));
    }

    static <T> T stub(Class<T> type, Map<String, Object> answers) {
        return stub(type, (method, _) -> answers.get(method));
    }
}
