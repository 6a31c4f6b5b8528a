package dev.paddock.testkit;

import dev.paddock.api.engine.EngineService;
import dev.paddock.api.engine.LoadOrder;
import java.nio.file.Path;

class FakeEngineContractTest extends EngineContract {
    private final FakeEngine engine = new FakeEngine();

    @Override
    protected EngineService engine() {
        return engine;
    }

    @Override
    protected LoadOrder order() {
        return new LoadOrder("fake", Path.of("fake"), "", 512, 0, 2, 1);
    }
}
