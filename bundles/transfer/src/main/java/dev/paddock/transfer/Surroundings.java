package dev.paddock.transfer;

import dev.paddock.transfer.auth.KeyPlaces;
import dev.paddock.transfer.net.Pause;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * What is around transfers and not a setting.
 *
 * @param credentials file with what the operator has for single registries
 * @param keys where the key of this machine lies
 * @param environment variables of this process
 * @param agent what we call ourselves
 * @param names looks names up
 * @param pause how waiting between tries is done
 */
record Surroundings(
        Path credentials,
        KeyPlaces keys,
        Map<String, String> environment,
        String agent,
        DnsResolver names,
        Pause pause) {
    /** Those of a server. */
    static Surroundings of(Path home, String version) {
        String arch = System.getProperty("os.arch");
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "");
        return new Surroundings(
                home.resolve("registries.json"),
                new KeyPlaces(
                        home.resolve("id_ed25519"), Path.of(System.getProperty("user.home"), ".ollama", "id_ed25519")),
                System.getenv(),
                "paddock/" + version + " (" + arch + " " + os + ") Java/"
                        + Runtime.version().feature(),
                SystemDefaultDnsResolver.INSTANCE,
                Pause.REAL);
    }
}
