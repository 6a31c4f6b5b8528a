package dev.paddock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.engine.Abilities;
import dev.paddock.api.engine.Adapter;
import dev.paddock.api.engine.Ending;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.Placement;
import dev.paddock.api.engine.RunnerFacts;
import dev.paddock.api.engine.Sampling;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.gguf.GgufWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrdersTest {
    @TempDir
    Path home;

    @Test
    void aRandomSeedIsDrawnAndAnyOtherKept() {
        var random = Orders.checked(order(Sampling.DEFAULT), facts(true, false)).sampling();
        assertThat(random.seed()).isBetween(0L, 0xffff_ffffL);
        assertThat(random.cutoffs()).isEqualTo(Sampling.DEFAULT.cutoffs());
        var order = order(Sampling.GREEDY);
        assertThat(Orders.checked(order, facts(true, false))).isSameAs(order);
    }

    @Test
    void whatIsShownIsKeptWithASeedOfItsOwnAndBounded() {
        var order = showing(List.of("<think>"));
        assertThat(Orders.checked(order, facts(true, false)).shown()).containsExactly("<think>");
        assertFault(
                () -> Orders.checked(showing(Collections.nCopies(65, "a")), facts(true, false)), Fault.INVALID_REQUEST);
        assertFault(() -> Orders.checked(showing(List.of("")), facts(true, false)), Fault.INVALID_REQUEST);
    }

    private static GenerationOrder showing(List<String> shown) {
        return new GenerationOrder(
                new int[] {1}, Sampling.DEFAULT, Ending.after(1), Optional.empty(), -1, List.of(), "", shown);
    }

    @Test
    void aModelIsAskedOnlyForWhatItGives() {
        assertFault(() -> Orders.checked(order(Sampling.GREEDY), facts(false, true)), Fault.UNSUPPORTED);
        assertFault(() -> EmbedOrders.parts(List.of(new int[] {1}), facts(true, false)), Fault.UNSUPPORTED);
    }

    @Test
    void inputsAreCheckedAndSplitIntoMessagesThatFit() {
        var facts = facts(false, true);
        assertFault(() -> EmbedOrders.parts(List.of(new int[] {1}, new int[0]), facts), Fault.INVALID_REQUEST);
        assertFault(() -> EmbedOrders.parts(List.of(new int[] {100}), facts), Fault.INVALID_REQUEST);
        assertFault(() -> EmbedOrders.parts(List.of(new int[65]), facts), Fault.CONTEXT_TOO_LONG);
        var many = Collections.nCopies(EmbedOrders.MOST_INPUTS + 1, new int[] {1});
        assertFault(() -> EmbedOrders.parts(many, facts), Fault.TOO_LARGE);
        // Each vector takes 4 KiB.
        var parts = EmbedOrders.parts(Collections.nCopies(2500, new int[] {1}), facts);
        assertThat(parts).extracting(List::size).containsExactly(1024, 1024, 452);
        assertThat(EmbedOrders.parts(List.of(), facts)).isEmpty();
    }

    @Test
    void anAdapterIsCheckedAgainOnlyWhenItChanged() throws Exception {
        var file = home.resolve("a.gguf");
        var check = new AdapterCheck();
        assertFault(() -> check.check(List.of(new Adapter(file, 1))), Fault.INVALID_REQUEST);
        new GgufWriter().text("general.type", "model").write(file);
        assertFault(() -> check.check(List.of(new Adapter(file, 1))), Fault.INVALID_REQUEST);
        Files.delete(file);
        new GgufWriter().text("general.type", "adapter").write(file);
        check.check(List.of(new Adapter(file, 1)));
        var modified = Files.getLastModifiedTime(file);
        byte[] content = Files.readAllBytes(file);
        content[0] = 0;
        Files.write(file, content);
        Files.setLastModifiedTime(file, modified);
        check.check(List.of(new Adapter(file, 1)));
        Files.write(file, new byte[] {1});
        assertFault(() -> check.check(List.of(new Adapter(file, 1))), Fault.INVALID_REQUEST);
    }

    @Test
    void tooManyAdaptersAndStrangeScalesAreRefused() throws Exception {
        var file = home.resolve("a.gguf");
        new GgufWriter().text("general.type", "adapter").write(file);
        var check = new AdapterCheck();
        check.check(Collections.nCopies(8, new Adapter(file, -0.5f)));
        assertFault(() -> check.check(Collections.nCopies(9, new Adapter(file, 1))), Fault.INVALID_REQUEST);
        assertFault(() -> check.check(List.of(new Adapter(file, Float.NaN))), Fault.INVALID_REQUEST);
        assertFault(() -> check.check(List.of(new Adapter(file, 1e9f))), Fault.INVALID_REQUEST);
    }

    private static GenerationOrder order(Sampling sampling) {
        return new GenerationOrder(new int[] {1}, sampling, Ending.after(1));
    }

    private static RunnerFacts facts(boolean generate, boolean embed) {
        var abilities = new Abilities(generate, embed, false, false, true);
        return new RunnerFacts(
                1,
                "CPU",
                "1",
                64,
                64,
                64,
                64,
                4,
                1,
                100,
                1024,
                abilities,
                "",
                "",
                Placement.CPU,
                List.of(),
                1,
                1,
                LoadOrder.Draft.NONE);
    }

    private static void assertFault(Runnable call, Fault fault) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(PaddockException.class, e -> assertThat(e.fault())
                .isEqualTo(fault));
    }
}
