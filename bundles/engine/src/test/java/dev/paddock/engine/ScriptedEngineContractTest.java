package dev.paddock.engine;

import dev.paddock.api.engine.EngineService;
import dev.paddock.api.engine.LoadOrder;
import dev.paddock.testkit.EngineContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The host's half of the contract, with processes but without models. */
@Timeout(60)
class ScriptedEngineContractTest extends EngineContract {
    @TempDir
    Path home;

    private ProcessEngine engine;
    private LoadOrder order;

    @BeforeEach
    void start() throws IOException {
        engine = ScriptedEngine.in(home, ScriptedEngine.SETTINGS);
        order = ScriptedEngine.order(home, "echo");
    }

    @AfterEach
    void stop() {
        engine.deactivate();
    }

    @Override
    protected EngineService engine() {
        return engine;
    }

    @Override
    protected LoadOrder order() {
        return order;
    }
}
