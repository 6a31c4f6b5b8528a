package dev.paddock.runner.cache;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * States of sequences in files, which outlive the runner. A thread of its own reads the index and writes, another reads
 * states ({@link DiskReads}); the thread that decodes searches the index, which is in memory.
 */
final class DiskTier implements DiskReads.Source, AutoCloseable {
    private static final String SUFFIX = ".kv";
    private static final String TEMPORARY = ".kv.tmp";
    /** What searching and remembering the tokens of all is still cheap for. */
    private static final int MAX_ENTRIES = 4096;
    /** States that wait for the disk, in memory; with more the newest is not written. */
    private static final int MAX_WAITING = 4;
    /** A temporary file this old is of a process that is gone. */
    private static final long STALE_MILLIS = 600_000;

    /** Other jobs that wait, which take no memory. */
    private static final int MAX_CHORES = 4;
    /** Between two words about states that were not written. */
    private static final long SILENCE_NANOS = 60_000_000_000L;

    /** One file of this model, with so many bytes of state. */
    record Stored(byte[] scope, int[] tokens, long bytes, Path file) {}

    /** A state to write, or a file to delete. */
    private record Job(byte[] scope, int[] tokens, SavedState state, Path unwanted) {
        static final Job END = new Job(null, null, null, null);
        static final Job SHRINK = new Job(null, null, null, null);
    }

    private final Path directory;
    private final Rewind rewind;
    private final CacheSettings.Warnings warnings;
    private final byte[] key;
    private final String prefix;
    private final ArrayBlockingQueue<Job> jobs = new ArrayBlockingQueue<>(MAX_WAITING + MAX_CHORES);
    private final Thread thread;
    private final List<Stored> index = new ArrayList<>();
    private final CountDownLatch known = new CountDownLatch(1);
    private final AtomicInteger skipped = new AtomicInteger();
    private boolean toldSkipped;
    private long skippedTold;
    private volatile long limit;
    private volatile long bytes;
    private volatile boolean broken;

    /** @param limit bytes of all files in the directory, of other models too */
    DiskTier(CacheSettings settings, Rewind rewind, long limit) {
        this.directory = settings.directory();
        this.rewind = rewind;
        this.warnings = settings.warnings();
        this.limit = limit;
        key = hash(settings.identity() + "\n" + rewind.kind());
        prefix = HexFormat.of().formatHex(key, 0, 8) + "-";
        thread = Thread.ofPlatform().name("disk cache").daemon().unstarted(this::work);
        thread.start();
    }

    long bytes() {
        return bytes;
    }

    /** Soon; 0 = the files stay and are not used. */
    void limit(long most) {
        limit = broken ? 0 : most;
        if (limit > 0) jobs.offer(Job.SHRINK);
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e); // every Java has it
        }
    }

    /** The entry that serves most of the first tokens; null when none serves any. */
    Stored find(String scope, int[] tokens, int most) {
        if (limit == 0) return null;
        byte[] hash = hash(scope);
        Stored best = null;
        int longest = 0;
        synchronized (index) {
            for (Stored stored : index) {
                if (!Arrays.equals(stored.scope(), hash)) continue;
                int serves = Entry.serves(rewind, stored.tokens(), tokens, most);
                if (serves > longest) {
                    longest = serves;
                    best = stored;
                }
            }
        }
        return best;
    }

    /**
     * Reads an entry, which may take long; any thread.
     *
     * @return null when it is damaged, which deletes it, or there is no memory for it, or the thread was interrupted
     */
    @Override
    public SavedState read(Stored stored) {
        try {
            SavedState state = DiskFile.read(stored.file(), key, stored.tokens());
            touch(stored.file());
            return state;
        } catch (ClosedByInterruptException e) {
            return null; // the disk is not to blame
        } catch (IOException e) {
            drop(stored.file(), e);
            return null;
        } catch (OutOfMemoryError e) {
            warnings.warn(
                    "there is no memory for a cached state of " + stored.bytes() + " bytes; its prompt is computed");
            return null;
        }
    }

    /** The most recently used is kept longest. */
    private static void touch(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
        } catch (IOException e) {
            // another runner has deleted it, or it goes a little sooner
            return;
        }
    }

    private void drop(Path file, IOException why) {
        warnDropped(file, why.getMessage());
        remove(file);
    }

    private void warnDropped(Path file, String why) {
        warnings.warn("the cached state " + file.getFileName() + " is dropped: " + why);
    }

    /** Forgets an entry at once and deletes it later. */
    void drop(Stored stored, String why) {
        warnDropped(stored.file(), why);
        delist(stored.file());
        // If that many wait, the next runner finds it and drops it again.
        jobs.offer(new Job(null, null, null, stored.file()));
    }

    private void delist(Path file) {
        synchronized (index) {
            index.removeIf(stored -> stored.file().equals(file));
        }
    }

    private void remove(Path file) {
        delist(file);
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            warnings.warn("cannot delete " + file.getFileName() + ": " + e.getMessage());
        }
    }

    /** Whether a state after these tokens is of use: it fits, and no other serves for it. */
    boolean lacks(String scope, int[] tokens, long size) {
        if (size < 1 || DiskFile.size(tokens.length, size) > limit) return false;
        Stored stored = find(scope, tokens, tokens.length);
        return stored == null || Entry.serves(rewind, stored.tokens(), tokens, tokens.length) < tokens.length;
    }

    /** Whether a state after these tokens is to be offered: it is lacking, and the disk keeps up. */
    boolean wants(String scope, int[] tokens, long size) {
        if (!lacks(scope, tokens, size)) return false;
        if (jobs.size() < MAX_WAITING) return true;
        skipped.incrementAndGet();
        return false;
    }

    /** Takes the state over and writes it later. */
    void offer(String scope, int[] tokens, SavedState state) {
        if (jobs.offer(new Job(hash(scope), tokens, state, null))) return;
        skipped.incrementAndGet();
        state.close();
    }

    /** Now and then, not for each; the rest at the end. */
    private void tellSkipped(boolean last) {
        long now = System.nanoTime();
        if (skipped.get() == 0 || (toldSkipped && !last && now - skippedTold < SILENCE_NANOS)) return;
        toldSkipped = true;
        skippedTold = now;
        warnings.warn(skipped.getAndSet(0) + " states were not kept on disk: they come faster than " + directory
                + " takes them");
    }

    private void work() {
        try {
            open();
            known.countDown();
            while (true) {
                Job job = jobs.take();
                if (job == Job.END) return;
                try (SavedState state = job.state()) {
                    if (state != null) write(job, state);
                    if (job.unwanted() != null) remove(job.unwanted());
                    shrink();
                    tellSkipped(false);
                } catch (IOException e) {
                    warnings.warn("a state could not be written to " + directory + ": " + e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            broken = true;
            limit = 0;
            warnings.warn("states are not kept on disk: " + directory + " cannot be used: " + e);
        } finally {
            tellSkipped(true);
            known.countDown();
        }
    }

    /** Waits until the index was read, or could not be. */
    void awaitIndex() {
        try {
            known.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void open() throws IOException {
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            Files.createDirectories(directory, mode);
        } else {
            Files.createDirectories(directory);
        }
        int count = 0;
        for (Path file : files()) {
            if (!file.getFileName().toString().startsWith(prefix) || ++count > MAX_ENTRIES) continue;
            try {
                DiskFile.Head head = DiskFile.readHead(file, key);
                enlist(new Stored(head.scope(), head.tokens(), head.stateBytes(), file));
            } catch (IOException e) {
                drop(file, e);
            }
        }
        shrink();
    }

    private void enlist(Stored stored) {
        synchronized (index) {
            index.removeIf(other -> other.file().equals(stored.file()));
            index.add(stored);
        }
    }

    /** Entries of all models, the most recently used first. */
    private List<Path> files() throws IOException {
        record Aged(Path file, long time) {}
        List<Aged> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, "*{" + SUFFIX + "," + TEMPORARY + "}")) {
            for (Path file : all) {
                long time = time(file);
                if (file.toString().endsWith(SUFFIX)) {
                    found.add(new Aged(file, time));
                } else if (time < System.currentTimeMillis() - STALE_MILLIS) {
                    Files.deleteIfExists(file);
                }
            }
        }
        found.sort(Comparator.comparingLong(Aged::time).reversed());
        return found.stream().map(Aged::file).toList();
    }

    /** 0 when another runner has deleted it. */
    private static long time(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            return 0;
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0; // another runner has deleted it
        }
    }

    private void write(Job job, SavedState state) throws IOException {
        String name = prefix + HexFormat.of().formatHex(hash(job), 0, 16);
        Path temporary = directory.resolve(name + "." + ProcessHandle.current().pid() + TEMPORARY);
        var head = new DiskFile.Head(job.scope(), job.tokens(), state.bytes().byteSize());
        Path file = directory.resolve(name + SUFFIX);
        DiskFile.write(file, temporary, key, head, state.bytes());
        for (Path covered : covered(job)) remove(covered);
        enlist(new Stored(job.scope(), job.tokens(), state.bytes().byteSize(), file));
    }

    private static byte[] hash(Job job) {
        return hash(HexFormat.of().formatHex(job.scope()) + Arrays.toString(job.tokens()));
    }

    /** Entries that the new one can serve for. */
    private List<Path> covered(Job job) {
        List<Path> files = new ArrayList<>();
        synchronized (index) {
            for (Stored old : index) {
                boolean same = Arrays.equals(old.scope(), job.scope());
                int length = old.tokens().length;
                if (same && Entry.serves(rewind, job.tokens(), old.tokens(), length) == length) files.add(old.file());
            }
        }
        return files;
    }

    /** Deletes the least recently used until the rest is within the limits. */
    private void shrink() throws IOException {
        long sum = 0;
        int own = 0;
        for (Path file : files()) {
            long size = size(file);
            own += file.getFileName().toString().startsWith(prefix) ? 1 : 0;
            if (sum + size > limit || own > MAX_ENTRIES) {
                remove(file);
            } else {
                sum += size;
            }
        }
        bytes = sum;
    }

    /** Waits until what was offered is written. */
    @Override
    public void close() {
        try {
            while (thread.isAlive() && !jobs.offer(Job.END, 100, TimeUnit.MILLISECONDS)) continue; // it is busy writing
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Job left = jobs.poll();
        for (; left != null; left = jobs.poll()) {
            if (left.state() != null) left.state().close();
        }
    }
}
