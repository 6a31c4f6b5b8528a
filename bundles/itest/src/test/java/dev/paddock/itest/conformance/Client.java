package dev.paddock.itest.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client that runs the contract.
 *
 * @param type the full name of the class that runs it
 * @param name as its users find it
 */
record Client(String type, String name, String version, Api api) {
    /**
     * Reads the annotation of a class, and the version that the build has.
     *
     * @param lock the lock file of the npm clients
     */
    static Client of(Class<?> type, Path lock) {
        RealClient told = type.getAnnotation(RealClient.class);
        String name = told.value();
        int colon = name.indexOf(':');
        String version = colon < 0
                ? locked(name, lock)
                : inClassPath(name.substring(colon + 1), System.getProperty("java.class.path"));
        return new Client(type.getName(), name, version, told.api());
    }

    /** The version in the name of a jar. */
    static String inClassPath(String artifact, String classPath) {
        return Pattern.compile("[/\\\\]" + Pattern.quote(artifact) + "-(\\d[^/\\\\]*)\\.jar")
                .matcher(classPath)
                .results()
                .map((MatchResult found) -> found.group(1))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(artifact + " is not in the class path of the tests"));
    }

    private static String locked(String name, Path lock) {
        try {
            var packages = JsonMapper.shared().readTree(Files.readString(lock)).path("packages");
            return packages.path("node_modules/" + name).path("version").asString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
