/**
 * Starts the server: checks home and port, starts Felix with the platform from the class path and our bundles from a
 * directory.
 */
package dev.paddock.launcher;
