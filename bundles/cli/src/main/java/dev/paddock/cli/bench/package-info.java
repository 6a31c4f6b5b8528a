/** Measures speed: a load on a server, the same computed without one, and models of random weights to do it with. */
package dev.paddock.cli.bench;
