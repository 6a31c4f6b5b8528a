package dev.paddock.cli.server;

/** The version of this command. */
public final class Version {
    private Version() {}

    /** As in the jar's manifest; {@code dev} when the classes do not come from a jar. */
    public static String own() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version.replace("-SNAPSHOT", "");
    }
}
