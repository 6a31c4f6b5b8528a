package dev.paddock.dialect.ollama;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.Progress;
import dev.paddock.api.transfer.ModelTransfer;
import dev.paddock.api.transfer.RemoteModel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** A registry that brings every model in two steps, or fails, or never ends. */
final class ScriptedTransfer implements ModelTransfer {
    static final Digest LAYER = Digest.of("layer".getBytes());

    final List<String> asked = new CopyOnWriteArrayList<>();
    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch interrupted = new CountDownLatch(1);
    PaddockException failure;
    boolean endless;
    /** How often the figures of the layer are told. */
    int figures = 1;

    @Override
    public void pull(RemoteModel model, boolean insecure, Consumer<Progress> told) {
        run("pull " + model + " " + insecure, "pulling", told);
    }

    @Override
    public void push(RemoteModel model, boolean insecure, Consumer<Progress> told) {
        run("push " + model + " " + insecure, "pushing", told);
    }

    private void run(String what, String doing, Consumer<Progress> told) {
        asked.add(what);
        told.accept(Progress.step(doing.equals("pulling") ? "pulling manifest" : "retrieving manifest"));
        if (failure != null) throw failure;
        for (int i = 0; i < figures; i++) {
            told.accept(Progress.of(doing + " " + LAYER.hex().substring(0, 12), LAYER, figures, i + 1));
        }
        begun.countDown();
        if (endless) waitForEver();
        told.accept(Progress.step(Progress.SUCCESS));
    }

    private void waitForEver() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            interrupted.countDown();
            throw new PaddockException(Fault.CANCELLED, "interrupted", e);
        }
    }
}
