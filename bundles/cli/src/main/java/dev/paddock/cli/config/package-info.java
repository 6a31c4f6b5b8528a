/** Settings of the running server: seen, changed, brought back. */
package dev.paddock.cli.config;
