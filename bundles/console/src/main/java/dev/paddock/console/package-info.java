/** The operator's page and commands: a tab of the web console, its door, and the shell's scope {@code paddock}. */
package dev.paddock.console;
