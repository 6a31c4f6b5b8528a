package dev.paddock.launcher;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;

/**
 * Logs to the console and to {@code logs/paddock.log} in the home, requests to {@code logs/access.jsonl} too, without a file of XML to read at each start. An
 * operator who wants another way puts a {@code logback.xml} into the home's {@code configs}.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class LogConfiguration extends ContextAwareBase implements Configurator {
    private static final String CONSOLE_LINE = "%d{HH:mm:ss.SSS} %-5level %logger{0}: %msg%n%ex{short}";
    private static final String FILE_LINE = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level [%thread] %logger: %msg%n";
    private static final String FILE_SIZE = "10MB";
    private static final String ALL_FILES_SIZE = "50MB";
    private static final int DAYS = 14;

    /** Loggers whose ordinary talk is of no use to an operator, with the least level that is. */
    private static final Map<String, Level> QUIET = Map.of(
            "org.apache.felix", Level.WARN,
            "org.eclipse.jetty", Level.WARN,
            "Events", Level.WARN,
            // Whoever knocks with nonsense would fill the log; the plugin says what matters.
            "org.apache.sshd", Level.ERROR,
            "org.apache.sshd.common.io.nio2.Nio2Acceptor", Level.OFF,
            // Platform bundles share one class loader, so each finds the plugins of the others too.
            "org.apache.felix.webconsole", Level.ERROR,
            "org.apache.felix.fileinstall", Level.INFO);

    @Override
    public ExecutionStatus configure(LoggerContext loggers) {
        String home = System.getProperty("paddock.home");
        if (home == null) return ExecutionStatus.INVOKE_NEXT_IF_ANY; // not a server: a test
        Path own = Path.of(home, "configs", "logback.xml");
        if (Files.exists(own)) {
            System.setProperty("logback.configurationFile", own.toString());
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        var root = loggers.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(console(loggers));
        Path logs = Path.of(home, "logs");
        root.addAppender(file(loggers, logs, "paddock", "log", FILE_LINE));
        var access = loggers.getLogger("dev.paddock.access");
        access.setAdditive(false);
        access.addAppender(file(loggers, logs, "access", "jsonl", "%msg%n"));
        QUIET.forEach((name, level) -> loggers.getLogger(name).setLevel(level));
        if (debug()) loggers.getLogger("dev.paddock").setLevel(Level.DEBUG);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static boolean debug() {
        String said =
                System.getenv().getOrDefault("PADDOCK_DEBUG", System.getenv().getOrDefault("OLLAMA_DEBUG", ""));
        return !said.isBlank() && !said.equals("0") && !said.equalsIgnoreCase("false");
    }

    private Appender<ILoggingEvent> console(LoggerContext loggers) {
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setName("console");
        return started(appender, loggers, CONSOLE_LINE);
    }

    private Appender<ILoggingEvent> file(LoggerContext loggers, Path logs, String name, String ending, String pattern) {
        var appender = new RollingFileAppender<ILoggingEvent>();
        appender.setName(name);
        appender.setFile(logs.resolve(name + "." + ending).toString());
        appender.setContext(loggers);
        var policy = new SizeAndTimeBasedRollingPolicy<ILoggingEvent>();
        policy.setContext(loggers);
        policy.setParent(appender);
        policy.setFileNamePattern(
                logs.resolve(name + "-%d{yyyy-MM-dd}.%i." + ending).toString());
        policy.setMaxFileSize(FileSize.valueOf(FILE_SIZE));
        policy.setTotalSizeCap(FileSize.valueOf(ALL_FILES_SIZE));
        policy.setMaxHistory(DAYS);
        policy.start();
        appender.setRollingPolicy(policy);
        return started(appender, loggers, pattern);
    }

    private static Appender<ILoggingEvent> started(
            OutputStreamAppender<ILoggingEvent> appender, LoggerContext loggers, String pattern) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(loggers);
        encoder.setPattern(pattern);
        encoder.start();
        appender.setContext(loggers);
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }
}
