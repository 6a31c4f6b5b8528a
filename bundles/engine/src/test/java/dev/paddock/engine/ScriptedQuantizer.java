package dev.paddock.engine;

import dev.paddock.api.fault.Fault;
import dev.paddock.runner.protocol.Connection;
import dev.paddock.runner.protocol.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.locks.LockSupport;

/** A {@link ScriptedRunner} that packs the tensors a and b of a file by copying it; its fate may be otherwise. */
final class ScriptedQuantizer {
    private ScriptedQuantizer() {}

    static void run(Message.Quantize work, Connection connection) throws IOException {
        var fate = ScriptedFate.of(Path.of(work.source()));
        fate.record(work.type() + " " + work.requantize() + " " + work.threads());
        connection.send(new Message.Packing(1, 2, "a"));
        if (fate.is("load")) Runtime.getRuntime().halt(134);
        while (fate.is("hang")) LockSupport.park();
        connection.send(new Message.Packing(2, 2, "b"));
        if (fate.is("refuse")) {
            connection.send(new Message.Failed(Message.LOAD_ID, Fault.INVALID_REQUEST, "no importance matrix"));
            return;
        }
        Files.copy(Path.of(work.source()), Path.of(work.target()), StandardCopyOption.REPLACE_EXISTING);
        connection.send(new Message.Packed());
    }
}
