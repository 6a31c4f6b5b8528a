/** {@code paddock service}: the server as a service of systemd, launchd or Windows. */
package dev.paddock.cli.service;
