package dev.paddock.api.engine;

import java.net.URL;

/**
 * A shared library inside a bundle.
 *
 * @param name file name, without directories
 * @param sha256 64 hexadecimal digits, verified after copying
 * @param content where to read it
 */
public record NativeFile(String name, String sha256, URL content) {}
