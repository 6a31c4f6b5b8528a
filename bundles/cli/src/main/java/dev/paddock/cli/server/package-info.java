/** The server as the command line sees it: where it is, what it answers, how it is started and stopped. */
package dev.paddock.cli.server;
