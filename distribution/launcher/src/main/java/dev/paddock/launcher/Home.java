package dev.paddock.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The home directory of one running server: there, writable and nobody else's. {@code paddock.pid} says who runs and
 * where it listens, as two lines: process id, address.
 */
final class Home implements AutoCloseable {
    private final Layout layout;
    private final FileChannel channel;
    private final FileLock lock;

    private Home(Layout layout, FileChannel channel, FileLock lock) {
        this.layout = layout;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Makes the home's directories and takes it for this process.
     *
     * @throws LaunchException when it cannot be written, its disk is full or another server has it
     */
    static Home claim(Layout layout) throws LaunchException {
        try {
            Files.createDirectories(layout.logs());
            Files.createDirectories(layout.cache());
            DiskRoom.check(layout.home());
            Files.setPosixFilePermissions(layout.cache(), PosixFilePermissions.fromString("rwx------"));
            var channel = FileChannel.open(layout.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            var lock = tryLock(channel);
            if (lock != null) return new Home(layout, channel, lock);
            channel.close();
        } catch (FileSystemException e) {
            if (String.valueOf(e.getReason()).contains("No space")) DiskRoom.check(layout.home(), 0);
            throw new LaunchException(Exit.HOME, unwritable(layout.home(), e), e);
        } catch (IOException e) {
            throw new LaunchException(Exit.HOME, unwritable(layout.home(), e), e);
        }
        throw new LaunchException(
                Exit.HOME_IN_USE,
                "another Paddock" + runningServer(layout.pidFile()) + " uses the home " + layout.home()
                        + "; stop it with `paddock stop`, or choose another home: PADDOCK_HOME=DIRECTORY paddock serve");
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null; // held by this very process
        }
    }

    private static String unwritable(Path home, IOException e) {
        return "the home directory " + home + " cannot be written ("
                + e.getClass().getSimpleName() + ": " + e.getMessage()
                + "); make it writable or choose another: PADDOCK_HOME=DIRECTORY paddock serve";
    }

    private static String runningServer(Path pidFile) {
        try {
            var lines = Files.readAllLines(pidFile);
            return " (process " + lines.get(0) + ", " + lines.get(1) + ")";
        } catch (IOException | IndexOutOfBoundsException _) {
            return ""; // it has not come so far yet
        }
    }

    /** Tells other programs that this process now serves at {@code address}. */
    void announce(String address) throws IOException {
        Files.writeString(layout.pidFile(), ProcessHandle.current().pid() + "\n" + address + "\n");
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(layout.pidFile());
        Files.deleteIfExists(layout.shellSocket());
        lock.release();
        channel.close();
    }
}
