/** The server's shell over SSH, by public keys. */
package dev.paddock.shell.ssh;
