package dev.paddock.store;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A process that does everything to a store that changes it, in random order, until it is killed. Arguments: the models
 * directory, a directory of things to adopt, the seed, and what its own names begin with.
 */
final class Wild {
    private static final int NAMES = 6;
    private static final int ACTIONS = 8;

    private final TestStore store;
    private final Path outside;
    private final SplittableRandom random;
    private final String prefix;

    private Wild(Path models, Path outside, long seed, String prefix) {
        // No grace: whatever is not named by a manifest, or promised, may be pruned at any moment.
        this.store = new TestStore(models);
        this.outside = outside;
        this.random = new SplittableRandom(seed);
        this.prefix = prefix;
    }

    public static void main(String[] arguments) {
        Path outside = Path.of(arguments[1]);
        long seed = Long.parseLong(arguments[2]);
        // Elsewhere at first: most of a short life would be spent on loading classes.
        var warm = new Wild(outside.resolve(arguments[3] + "-warm"), outside, seed, arguments[3]);
        for (int action = 0; action < ACTIONS; action++) warm.act(action);
        var wild = new Wild(Path.of(arguments[0]), outside, seed, arguments[3]);
        wild.store.stock.books().load();
        System.out.println("ready");
        for (long turn = 1; ; turn++) {
            wild.act(wild.random.nextInt(ACTIONS));
            System.out.println(turn);
        }
    }

    private void act(int action) {
        try {
            switch (action) {
                case 0, 1, 2 -> store.create(name(), "salt " + random.nextInt(NAMES));
                case 3 -> store.shelf.copy(ModelName.parse(name()), ModelName.parse(name()));
                case 4 -> store.shelf.delete(ModelName.parse(name()));
                case 5 -> prune();
                case 6 -> adopt();
                default -> verify();
            }
        } catch (PaddockException e) {
            // Another process may have deleted, taken or be changing just that; everything else is a failure.
            boolean expected = e.fault() == Fault.MODEL_NOT_FOUND
                    || (e.fault() == Fault.STORE_FAILED && e.getMessage().contains("is not there in full"))
                    || (e.fault() == Fault.INVALID_REQUEST && e.getMessage().contains("taken by another model"));
            if (!expected) throw e;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String name() {
        return prefix + random.nextInt(NAMES);
    }

    /** Leaves an old blob that nobody uses, and tidies up. */
    private void prune() throws IOException {
        Digest loose = store.upload(("loose " + random.nextInt()).getBytes());
        TestStore.old(store.layout.blob(loose));
        store.stock.books().promises().fulfilled(java.util.List.of(loose));
        store.caretaker().prune(false);
    }

    private void adopt() throws IOException {
        String salt = "adopted " + random.nextInt(NAMES);
        Path file = outside.resolve(prefix + salt.replace(' ', '-') + ".gguf");
        if (!Files.exists(file)) Files.write(file, TestStore.gguf(salt));
        store.shelf.adopt(file, Optional.of(ModelName.parse(name())), _ -> {});
    }

    private void verify() {
        store.shelf.put(new ByteArrayInputStream(new byte[random.nextInt(1 << 16)]));
        store.caretaker().verify(false, _ -> {});
        store.stock.books().flush();
    }
}
