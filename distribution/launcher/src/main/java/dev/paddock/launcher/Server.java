package dev.paddock.launcher;

import dev.paddock.api.settings.HostAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One server from its first check to its end. */
final class Server {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    private static final long STOP_PATIENCE_MS = 20_000;
    /** Marks a service that ends all work and gives the number of what is left; the bundles' types are not ours. */
    private static final String FINISH = "paddock.finish";

    private final Layout layout;
    private final Home home;
    private final Timings timings;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile StopSignals signals;
    /** What is closed at the end, last opened first. */
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    /** @param home claimed for this server, which gives it back at its end */
    Server(Layout layout, Home home, Timings timings) {
        this.layout = layout;
        this.home = home;
        this.timings = timings;
        open.push(home);
    }

    /**
     * Starts, serves, and returns when the framework has stopped.
     *
     * @throws LaunchException when the user can mend what is wrong
     */
    void run() throws LaunchException, IOException, BundleException, InterruptedException {
        List<Path> classPath = ClassPath.jars(layout.serverJar());
        Framework framework = prepared(classPath);
        signals = StopSignals.to(this::stop);
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
        var http = new HttpListener(framework.getBundleContext());
        timings.step("framework");
        framework.start();
        listen(framework);
        HostAddress address = http.await();
        timings.step("http");
        startOurs(framework);
        timings.step("bundles");
        home.announce(address.toString());
        LOG.info("listening on {}, ready in {}", address, timings);

        operate(framework);
        push(() -> finishWork(framework.getBundleContext()));
        AotTraining.endWithInput(this::stop);
        framework.waitForStop(0);
        stop();
    }

    /** The settings are known by then, and nobody listens yet. */
    private void listen(Framework framework) throws LaunchException, IOException {
        var configured = new Configured(framework.getBundleContext());
        var wanted = configured.address();
        if (wanted.isPresent()) Exposure.check(wanted.get(), layout.keys(), configured.insecure());
        framework.adapt(FrameworkStartLevel.class).setStartLevel(StartLevels.HTTP);
    }

    /** Only once HTTP is up, so that /livez answers while the rest starts. */
    private static void startOurs(Framework framework) throws InterruptedException {
        // All at once: one after the other, as they are started, costs several times as much.
        framework.adapt(FrameworkWiring.class).resolveBundles(null);
        var started = new CountDownLatch(1);
        framework.adapt(FrameworkStartLevel.class).setStartLevel(StartLevels.OURS, event -> {
            report(event);
            started.countDown();
        });
        started.await();
    }

    private Framework prepared(List<Path> classPath) throws IOException, BundleException {
        List<Path> hot = HotBundles.jars(layout.bundles());
        keepOrEmptyCache(classPath, hot);
        var settings = FrameworkSettings.of(layout, ConsolePassword.hash(layout.consolePassword()));
        var platform = new Platform(classPath, new BundleClasses(classPath, hot));
        Framework framework = new FrameworkFactory().newFramework(settings, platform);
        framework.init();
        open.push(() -> stopFramework(framework));
        var context = framework.getBundleContext();
        context.addFrameworkListener(Server::report);
        PlatformLog.follow(context);
        platform.install(context);
        HotBundles.install(context, hot);
        return framework;
    }

    /** The framework's memory of its bundles is by absolute path, and cheap to make anew: in doubt it goes. */
    private void keepOrEmptyCache(List<Path> classPath, List<Path> hot) throws IOException {
        var jars = new ArrayList<>(classPath);
        jars.addAll(hot);
        String stamp =
                CacheStamp.of(jars, layout.install().toString(), layout.home().toString());
        for (String part : List.of("felix", "config", "fileinstall")) {
            Path directory = layout.cache().resolve(part);
            if (part.equals("felix") && CacheStamp.keepOrEmpty(layout.cache().resolve("bundles"), stamp)) return;
            CacheStamp.deleteTree(directory);
        }
    }

    private static void report(FrameworkEvent event) {
        if (event.getType() != FrameworkEvent.ERROR) return;
        Throwable cause = event.getThrowable();
        LOG.warn("bundle {}: {}", event.getBundle().getSymbolicName(), cause == null ? "failed" : cause.getMessage());
        LOG.debug("in full:", cause);
    }

    /** What comes after the first answer: console, shell, watching, and the JVM's cache for the next start. */
    private void operate(Framework framework) throws IOException {
        makeBundlesKnown(framework.getBundleContext());
        framework
                .adapt(FrameworkStartLevel.class)
                .setStartLevel(StartLevels.OPERATION, event -> reportInactive(framework));
        push(ShellSocket.open(framework.getBundleContext(), layout.shellSocket(), layout.cache()));
        push(AotTraining.inBackground(layout));
    }

    private static void makeBundlesKnown(BundleContext context) throws IOException {
        try {
            for (Bundle bundle : context.getBundles())
                if ("org.apache.felix.fileinstall".equals(bundle.getSymbolicName()))
                    HotBundles.makeKnown(context, bundle);
        } catch (ReflectiveOperationException e) {
            LOG.warn(
                    "File Install will restart all bundles once, it is another version than expected: {}",
                    e.toString());
        }
    }

    private static void reportInactive(Framework framework) {
        for (Bundle bundle : framework.getBundleContext().getBundles()) {
            boolean fragment = bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null;
            if (bundle.getState() != Bundle.ACTIVE && bundle.getState() != Bundle.STARTING && !fragment)
                LOG.warn("bundle {} does not run", bundle.getSymbolicName());
        }
    }

    private synchronized void push(AutoCloseable closeable) {
        open.push(closeable);
    }

    /** Whether the server was told to stop, before or after it was ready. */
    boolean toldToStop() {
        return signals != null && signals.asked();
    }

    /** The first that is done, while all still works: what runs may end, and nothing new begins. */
    private static void finishWork(BundleContext context) throws Exception {
        long start = System.nanoTime();
        for (ServiceReference<?> reference : context.getServiceReferences(Callable.class, "(" + FINISH + "=true)")) {
            Object left = ((Callable<?>) context.getService(reference)).call();
            LOG.info("{} requests are left after {} ms", left, (System.nanoTime() - start) / 1_000_000);
        }
    }

    /** Closes all that is open; once, whoever asks first. Whoever asks later waits until that is done. */
    void stop() {
        if (!stopped.compareAndSet(false, true)) {
            await();
            return;
        }
        try {
            closeAll();
        } finally {
            ended.countDown();
        }
    }

    private void await() {
        try {
            ended.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("IllegalCatch") // one thing that fails to close must not keep the others open
    private void closeAll() {
        long start = System.nanoTime();
        synchronized (this) {
            while (!open.isEmpty()) {
                try {
                    open.pop().close();
                } catch (Exception e) {
                    LOG.warn("while stopping: {}", e.toString());
                }
            }
        }
        LOG.info("stopped in {} ms", (System.nanoTime() - start) / 1_000_000);
    }

    private static void stopFramework(Framework framework) throws BundleException, InterruptedException {
        framework.stop();
        var event = framework.waitForStop(STOP_PATIENCE_MS);
        if (event.getType() == FrameworkEvent.WAIT_TIMEDOUT)
            LOG.warn("the framework did not stop within {} s", STOP_PATIENCE_MS / 1000);
    }
}
