package dev.paddock.launcher;

import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogReaderService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What Felix's bundles write to OSGi's log service goes into our log, under the name of the bundle. */
final class PlatformLog {
    /** The framework's own events, which the launcher reports itself. */
    private static final String EVENTS = "Events";

    private final BundleContext context;

    private PlatformLog(BundleContext context) {
        this.context = context;
    }

    /** Follows the log service from its start on; call it before the framework starts. */
    static void follow(BundleContext context) {
        var log = new PlatformLog(context);
        try {
            context.addServiceListener(log::changed, "(objectClass=" + LogReaderService.class.getName() + ")");
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private void changed(ServiceEvent event) {
        if (event.getType() != ServiceEvent.REGISTERED) return;
        @SuppressWarnings("unchecked") // the listener's filter says so
        var reader = context.getService((ServiceReference<LogReaderService>) event.getServiceReference());
        if (reader != null) reader.addLogListener(PlatformLog::write);
    }

    private static void write(LogEntry entry) {
        if (entry.getLoggerName().startsWith(EVENTS)) return;
        String name = entry.getBundle() == null
                ? entry.getLoggerName()
                : entry.getBundle().getSymbolicName();
        Logger logger = LoggerFactory.getLogger(name);
        Throwable cause = entry.getException();
        logger.atLevel(level(entry.getLogLevel()))
                .log(
                        cause == null || logger.isDebugEnabled()
                                ? entry.getMessage()
                                : entry.getMessage() + ": " + cause.getMessage());
        if (cause != null) logger.debug("in full:", cause);
    }

    private static Level level(LogLevel level) {
        return switch (level) {
            case AUDIT, ERROR -> Level.ERROR;
            case WARN -> Level.WARN;
            case INFO -> Level.INFO;
            case DEBUG -> Level.DEBUG;
            case TRACE -> Level.TRACE;
        };
    }
}
