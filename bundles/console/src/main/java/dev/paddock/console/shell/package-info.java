/** The shell's commands of scope {@code paddock}: what the services say, in tables. */
package dev.paddock.console.shell;
