package dev.paddock.cli.run;

import dev.paddock.cli.server.Failure;

/** How thinking is asked for. */
public final class ThinkLevel {
    private ThinkLevel() {}

    /**
     * True, false, or a level as the API takes it.
     *
     * @throws Failure with exit code 2 for other words
     */
    public static Object parse(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            case "low", "medium", "high", "max" -> text;
            default ->
                throw new Failure(
                        Failure.USAGE,
                        "invalid think value: \"" + text
                                + "\" (must be \"high\", \"medium\", \"low\", \"max\", true, or" + " false)");
        };
    }
}
