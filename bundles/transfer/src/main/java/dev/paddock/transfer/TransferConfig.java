package dev.paddock.transfer;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of pulling and pushing; all are read anew for each pull and push, the rate at any time. */
@ObjectClassDefinition(name = "Model transfer", description = "How models come from registries and go there")
public @interface TransferConfig {
    /** Where they are. */
    String PID = "dev.paddock.transfer";

    @AttributeDefinition(
            name = "Rate",
            description =
                    "Most bytes a second of all transfers together, like 500k or 10m; 0 = no limit. A change acts at "
                            + "once.")
    String rate() default "0";

    @AttributeDefinition(
            name = "Parts at once",
            description = "How many parts of a blob come, or go, at the same time; 1 to 64.")
    int parts() default 8;

    @AttributeDefinition(
            name = "Tries",
            description =
                    "How often a part, or a small request, is tried before the transfer fails; 1 to 20. Pauses of 1, 2, "
                            + "4, 8, 16, 32 seconds lie between them, or what the registry asks for.")
    int tries() default 6;

    @AttributeDefinition(
            name = "Stall",
            description =
                    "A connection that brings less than a kilobyte a second for so long is given up and made anew; a "
                            + "duration like 30s.")
    String stall() default "30s";

    @AttributeDefinition(name = "Time to connect", description = "How long connecting may take; a duration like 30s.")
    String connect_timeout() default "30s";

    @AttributeDefinition(
            name = "Private networks",
            description =
                    "Addresses that are not on the public internet and may be connected to all the same: ranges like "
                            + "10.0.0.0/8, loopback, or all. Empty: none.")
    String[] private_networks() default {};

    @AttributeDefinition(
            name = "Plain HTTP",
            description =
                    "asked: only when a request says \"insecure\". always: also when a name says http://. never: not even "
                            + "then.")
    String plain_http() default "asked";

    @AttributeDefinition(
            name = "Proxy",
            description = "Address of a proxy for everything, http://host:port. none: no proxy. Empty: as HTTP_PROXY, "
                    + "HTTPS_PROXY and NO_PROXY say.")
    String proxy() default "";

    @AttributeDefinition(
            name = "Certificates",
            description = "PEM file with certificates of authorities that are believed beside those that Java knows.")
    String ca_file() default "";

    @AttributeDefinition(
            name = "Mirrors",
            description =
                    "REGISTRY=ADDRESS, for example registry.ollama.ai=https://mirror.example:5000: pulls ask there first, "
                            + "in the order of this list, and the registry itself last.")
    String[] mirrors() default {};

    @AttributeDefinition(
            name = "Foreign realms",
            description =
                    "REGISTRY=REALM: hosts that may give tokens for a registry of another name. Each registry may for "
                            + "itself.")
    String[] auth_realms() default {};

    @AttributeDefinition(
            name = "Name",
            description = "What registries get as User-Agent. Empty: paddock and its version.")
    String user_agent() default "";
}
