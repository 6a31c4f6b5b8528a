/**
 * What a server and a runner say to each other over a Unix domain socket: {@link dev.paddock.runner.protocol.Message}
 * defines every message, {@link dev.paddock.runner.protocol.Connection} carries them. Needs nothing but java.base.
 */
package dev.paddock.runner.protocol;
