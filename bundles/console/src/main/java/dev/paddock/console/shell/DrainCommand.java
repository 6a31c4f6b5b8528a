package dev.paddock.console.shell;

import dev.paddock.api.lifecycle.Drain;
import org.apache.felix.service.command.Descriptor;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** {@code paddock:drain}. */
@Component(
        service = DrainCommand.class,
        property = {"osgi.command.scope=paddock", "osgi.command.function=drain"})
public final class DrainCommand {
    /** What lets work in; its part of the server may be absent. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    volatile Drain drain;

    /** Lets the server run dry. */
    @Descriptor("refuse new requests while the running ones go on to their end; drain off takes them again")
    public String drain() {
        return drain("on");
    }

    /** Lets it run dry, or takes work again. */
    @Descriptor("refuse new requests, or take them again")
    public String drain(@Descriptor("on or off") String what) {
        Drain present = drain;
        if (present == null) throw new IllegalStateException("nothing on this server can be drained");
        switch (what) {
            case "on" -> present.drain(true);
            case "off" -> present.drain(false);
            default -> throw new IllegalArgumentException("on or off, not " + what);
        }
        return present.draining() ? "new requests are refused; `drain off` takes them again" : "new requests are taken";
    }
}
