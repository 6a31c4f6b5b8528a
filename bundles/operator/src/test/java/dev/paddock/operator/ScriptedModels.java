package dev.paddock.operator;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.ModelStore;
import dev.paddock.api.model.Progress;
import dev.paddock.api.store.Housekeeper;
import dev.paddock.api.transfer.ModelArchive;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** A store with the models a and b, of which b is damaged, that remembers what it was asked. */
final class ScriptedModels implements Housekeeper, ModelArchive {
    static final Digest BLOB = Digest.of("blob".getBytes());

    final List<String> asked = new CopyOnWriteArrayList<>();
    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch interrupted = new CountDownLatch(1);
    PaddockException failure;
    boolean endless;
    /** Bytes that are written of an archive before it fails, if it does. */
    int written = 100_000;

    ModelStore store() {
        return ScriptedBackends.stub(ModelStore.class, (method, arguments) -> {
            if (!method.equals("adopt")) throw new UnsupportedOperationException(method);
            asked.add("adopt " + arguments[0] + " " + arguments[1]);
            if (failure != null) throw failure;
            tell(arguments[2], Progress.step("linking"));
            tell(arguments[2], Progress.step(Progress.SUCCESS));
            return List.of(ModelName.parse("a"));
        });
    }

    @SuppressWarnings("unchecked") // the interface says so
    private static void tell(Object told, Progress progress) {
        ((Consumer<Progress>) told).accept(progress);
    }

    @Override
    public List<Step> steps() {
        return List.of(
                new Step("names", Step.State.DONE, "2 renamed", 3), new Step("prune", Step.State.FAILED, "disk", 4));
    }

    @Override
    public Pruned prune(boolean dryRun) {
        asked.add("prune " + dryRun);
        return new Pruned(List.of("blobs/" + BLOB.fileName()), 7, List.of("b:latest cannot be read"));
    }

    @Override
    public Verified verify(boolean all, Consumer<Progress> told) {
        asked.add("verify " + all);
        told.accept(Progress.of("verifying", BLOB, 10, 4));
        begun.countDown();
        if (endless) waitForEver();
        return new Verified(1, 10, damage());
    }

    private void waitForEver() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            interrupted.countDown();
            throw new PaddockException(Fault.CANCELLED, "interrupted", e);
        }
    }

    @Override
    public List<Damage> damage() {
        return List.of(new Damage(BLOB, "its digest is another", List.of(ModelName.parse("b"))));
    }

    @Override
    public Usage usage() {
        var used = Optional.of(Instant.parse("2026-11-22T10:00:00Z"));
        return new Usage(
                List.of(
                        new Share(ModelName.parse("a"), 30, 10, used),
                        new Share(ModelName.parse("b"), 20, 0, Optional.empty())),
                40,
                5,
                6,
                0,
                1000);
    }

    @Override
    public void write(ModelName name, OutputStream out) throws IOException {
        asked.add("write " + name.display());
        byte[] piece = new byte[1000];
        for (int left = written; left > 0; left -= piece.length) out.write(piece);
        if (failure != null) throw failure;
        out.write("end".getBytes());
    }

    @Override
    public List<ModelName> read(InputStream in, Optional<ModelName> as, Consumer<Progress> told) {
        try {
            told.accept(Progress.step("reading"));
            asked.add("read " + in.readAllBytes().length + " " + as);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (failure != null) throw failure;
        told.accept(Progress.step(Progress.SUCCESS));
        return List.of(as.orElse(ModelName.parse("a")), ModelName.parse("b"));
    }
}
