package dev.paddock.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.explain.Decision;
import dev.paddock.api.explain.Decision.Kind;
import java.lang.annotation.Annotation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DecisionLogTest {
    private final DecisionLog log = new DecisionLog(1_000);

    @Test
    void whoListensIsToldAndWhoFailsHarmsNobody() {
        List<Decision> told = new ArrayList<>();
        log.listeners = List.of(
                decision -> {
                    throw new IllegalStateException("a bug of its own");
                },
                told::add);
        log.add(decision(Kind.LOADED, "", "a:latest"));
        assertThat(told).isEqualTo(log.latest(10)).hasSize(1);
    }

    @Test
    void theOldestIsForgottenFirst() {
        DecisionLog small = new DecisionLog(3);
        for (int i = 0; i < 5; i++) small.add(decision(Kind.QUEUED, "r" + i, "a:latest"));
        assertThat(small.latest(10)).extracting(Decision::request).containsExactly("r4", "r3", "r2");
        assertThat(small.latest(2)).extracting(Decision::request).containsExactly("r4", "r3");
        assertThat(small.ofRequest("r1")).isEmpty();
    }

    @Test
    void ofARequestIsToldWhatConcernedItsModelMeanwhile() {
        log.add(decision(Kind.LOADED, "", "b:latest"));
        log.add(decision(Kind.EVICTED, "", "a:latest"));
        log.add(decision(Kind.QUEUED, "mine", "a:latest"));
        log.add(decision(Kind.QUEUED, "other", "a:latest"));
        log.add(decision(Kind.PLACED, "other", "A:latest"));
        log.add(decision(Kind.LOADED, "", "b:latest"));
        log.add(decision(Kind.BACKEND, "", ""));
        log.add(decision(Kind.GRANTED, "mine", "a:latest"));
        log.add(decision(Kind.MOVED, "", "a:latest"));
        assertThat(log.ofRequest("mine"))
                .extracting(Decision::kind)
                .containsExactly(Kind.QUEUED, Kind.PLACED, Kind.GRANTED);
    }

    @Test
    void decisionsWithoutARequestAreNotThoseOfANamelessOne() {
        log.add(decision(Kind.LOADED, "", "a:latest"));
        assertThat(log.ofRequest("")).isEmpty();
        assertThat(log.ofModel("")).isEmpty();
    }

    @Test
    void ofAModelIsToldEverythingWhateverItsSpelling() {
        log.add(decision(Kind.QUEUED, "r", "Llama:Latest"));
        log.add(decision(Kind.LOADED, "", "llama:latest"));
        log.add(decision(Kind.LOADED, "", "llama:7b"));
        assertThat(log.ofModel("llama:latest")).extracting(Decision::kind).containsExactly(Kind.QUEUED, Kind.LOADED);
    }

    @Test
    void whatIsTooLargeIsCutAndLineEndsGo() {
        Map<String, Object> numbers = new HashMap<>();
        for (int i = 0; i < 1_000; i++) numbers.put("n" + i, i);
        log.add(new Decision(
                Instant.EPOCH, Kind.REFUSED, "r\nforged", "m".repeat(10_000), "x".repeat(100_000), numbers));
        Decision kept = log.latest(1).getFirst();
        assertThat(kept.request()).isEqualTo("r forged");
        assertThat(kept.model()).hasSize(Trimmed.NAME);
        assertThat(kept.text()).hasSize(Trimmed.TEXT).endsWith("…");
        assertThat(kept.numbers()).hasSize(Trimmed.NUMBERS);
    }

    @Test
    void oddNumbersBecomeTexts() {
        Map<String, Object> numbers = new HashMap<>();
        numbers.put("nan", Double.NaN);
        numbers.put("none", null);
        numbers.put("list", List.of(1, 2));
        numbers.put("whole", 7L);
        log.add(new Decision(Instant.EPOCH, Kind.PLACED, "r", "m", "t", numbers));
        assertThat(log.latest(1).getFirst().numbers())
                .containsEntry("nan", "NaN")
                .containsEntry("none", "")
                .containsEntry("list", "[1, 2]")
                .containsEntry("whole", 7L);
    }

    @Test
    void whatManyThreadsAddAtOnceIsKeptInEachOnesOrder() throws InterruptedException {
        Ring<String> ring = new Ring<>(8_000);
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> adding = IntStream.range(0, 8)
                .mapToObj(thread -> Thread.ofPlatform().start(() -> addMany(ring, thread, start)))
                .toList();
        start.countDown();
        for (Thread thread : adding) thread.join();
        List<String> all = ring.all();
        assertThat(all).hasSize(8_000).doesNotHaveDuplicates();
        for (int thread = 0; thread < 8; thread++) {
            String name = thread + " ";
            assertThat(all).filteredOn(text -> text.startsWith(name)).isSorted();
        }
    }

    private static void addMany(Ring<String> ring, int thread, CountDownLatch start) {
        try {
            start.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        for (int i = 1_000; i < 2_000; i++) ring.add(thread + " " + i);
    }

    @Test
    void aNumberThatCannotBeKeptLeavesTheDefault() {
        assertThat(new DecisionLog(new Kept(0)).kept()).isEqualTo(10_000);
        assertThat(new DecisionLog(new Kept(100)).kept()).isEqualTo(100);
    }

    static Decision decision(Kind kind, String request, String model) {
        return new Decision(Instant.parse("2026-01-01T00:00:00Z"), kind, request, model, "because", Map.of());
    }

    private record Kept(int kept) implements DecisionLog.Config {
        @Override
        public Class<? extends Annotation> annotationType() {
            return DecisionLog.Config.class;
        }
    }
}
