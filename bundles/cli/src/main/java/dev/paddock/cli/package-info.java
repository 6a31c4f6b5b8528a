/** The command {@code paddock}: what people type, and what they are told. */
package dev.paddock.cli;
