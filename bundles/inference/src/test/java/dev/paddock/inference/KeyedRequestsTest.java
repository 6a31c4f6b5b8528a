package dev.paddock.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.EmbedRequest;
import dev.paddock.api.inference.EventStream;
import dev.paddock.api.model.Options;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.security.Asker;
import dev.paddock.api.security.Identity;
import dev.paddock.api.security.Keys;
import dev.paddock.api.security.ModelPattern;
import dev.paddock.api.security.Scope;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a key is for is kept where the model is known, whichever API it came by. */
class KeyedRequestsTest {
    private final Desk desk = new Desk();
    private final List<String> spent = new ArrayList<>();
    private boolean revoked;

    @BeforeEach
    void keys() {
        desk.inference.keys = (Keys) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Keys.class},
                (_, method, args) -> switch (method.getName()) {
                    case "requireCurrent" -> {
                        if (revoked) throw new PaddockException(Fault.UNAUTHENTICATED, "revoked");
                        yield null;
                    }
                    case "spent" -> spent.add(((Identity) args[0]).name() + " " + args[1]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static Asker ann(String... models) {
        var patterns = List.of(models).stream().map(ModelPattern::new).toList();
        return new Asker("r1", new Identity("key ann", 1, 0, 0, Set.of(Scope.INFER), patterns), 0);
    }

    private EventStream chat(String model, Asker asker) {
        return desk.inference.chat(
                LeasedInferenceTest.request(model, Options.NONE, new Message(Role.USER, "Hello")), asker);
    }

    private static Fault fault(Supplier<?> call) {
        return catchThrowableOfType(PaddockException.class, call::get).fault();
    }

    @Test
    void aModelThatTheKeyIsNotForIsRefusedWhetherThereIsOneOrNot() {
        Asker other = ann("qwen*");
        var embed = new EmbedRequest("m", List.of(), true, 0, Options.NONE, Optional.empty());
        assertThat(fault(() -> chat("m", other))).isEqualTo(Fault.FORBIDDEN);
        assertThat(fault(() -> chat("nobody", other))).isEqualTo(Fault.FORBIDDEN);
        assertThat(fault(() -> chat("qwen3", other))).isEqualTo(Fault.MODEL_NOT_FOUND);
        assertThat(fault(() -> desk.inference.embed(embed, other))).isEqualTo(Fault.FORBIDDEN);
        assertThat(fault(() -> desk.inference.load("m", Options.NONE, Optional.empty(), other)))
                .isEqualTo(Fault.FORBIDDEN);
        assertThat(fault(() -> desk.inference.unload("m", other))).isEqualTo(Fault.FORBIDDEN);
        assertThat(desk.leases).isEmpty();
        chat("M", ann("m")).close();
    }

    @Test
    void whatAnAnswerTookIsToldOnceAtItsEnd() {
        try (EventStream whole = chat("m", ann())) {
            assertThat(spent).isEmpty();
            whole.forEachRemaining(_ -> {});
        }
        assertThat(spent).containsExactly("key ann " + desk.used.getLast());
        chat("m", ann()).close();
        assertThat(spent).as("one that was broken off counts too").hasSize(2);
    }

    @Test
    void workOfAKeyThatEndedIsNotBegun() {
        revoked = true;
        assertThat(fault(() -> chat("m", ann()))).isEqualTo(Fault.UNAUTHENTICATED);
        assertThat(desk.leases).isEmpty();
    }
}
