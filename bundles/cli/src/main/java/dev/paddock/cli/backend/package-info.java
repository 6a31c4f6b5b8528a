/** {@code paddock backend}: what computes, installed and removed while the server runs. */
package dev.paddock.cli.backend;
