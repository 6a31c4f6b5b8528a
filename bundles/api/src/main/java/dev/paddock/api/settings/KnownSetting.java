package dev.paddock.api.settings;

/**
 * One setting that there is, whether somebody set it or not.
 *
 * @param setting the value in effect and where it came from; its value is null when there is none
 * @param declared what the component says of it
 * @param pending the value from the next start on, where that is another one; else null
 */
public record KnownSetting(Setting setting, Declaration declared, Object pending) {}
