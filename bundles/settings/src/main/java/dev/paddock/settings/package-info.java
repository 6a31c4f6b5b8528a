/** Reads defaults, files and environment into Config Admin; each value knows where it came from. */
package dev.paddock.settings;
