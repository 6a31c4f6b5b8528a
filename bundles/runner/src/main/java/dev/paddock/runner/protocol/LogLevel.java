package dev.paddock.runner.protocol;

/** How much a line of the runner's log matters. */
public enum LogLevel {
    INFO,
    WARN,
    ERROR
}
