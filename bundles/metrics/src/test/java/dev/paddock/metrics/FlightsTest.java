package dev.paddock.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.Tally;
import dev.paddock.api.explain.Decision;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.inference.Serving;
import dev.paddock.api.observe.Work;
import dev.paddock.api.security.Asker;
import dev.paddock.api.security.Identity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightsTest {
    @TempDir
    Path directory;

    @Test
    void aRecordingHoldsThePhasesOfEachRequestInTheirOrder() throws Exception {
        try (var recording = new Recording()) {
            recording.start();
            var flights = new Flights();
            var watch = flights.begins(work("r-1"));
            watch.granted(new Serving("CPU", 4096, Duration.ZERO, Duration.ofMillis(40)));
            watch.prompted(12);
            watch.generated(2);
            watch.generated(3);
            watch.done(Tally.plain(12, 5, Duration.ZERO, Duration.ZERO));
            flights.begins(work("r-2")).failed(Fault.QUEUE_FULL);
            flights.decided(
                    new Decision(Instant.EPOCH, Decision.Kind.LOADED, "", "a", "because", Map.of("loadMillis", 70L)));
            recording.stop();
            Path file = directory.resolve("flight.jfr");
            recording.dump(file);
            var events = RecordingFile.readAllEvents(file);
            assertThat(phases(events, "r-1"))
                    .containsExactly(
                            "paddock.Queue 0 ", "paddock.Prompt 12 ", "paddock.Prefill 12 ", "paddock.Decode 5 done");
            assertThat(phases(events, "r-2")).containsExactly("paddock.Queue 0 queue_full");
            assertThat(events)
                    .filteredOn(event -> event.getEventType().getName().equals("paddock.Load"))
                    .singleElement()
                    .satisfies(event -> assertThat(event.getDuration("time")).isEqualTo(Duration.ofMillis(70)));
        }
    }

    private static Work work(String request) {
        return new Work(Work.Kind.CHAT, "a", new Asker(request, new Identity("ada"), 0));
    }

    private static List<String> phases(List<RecordedEvent> events, String request) {
        return events.stream()
                .filter(event -> event.getEventType().getName().startsWith("paddock."))
                .filter(event -> event.hasField("request") && request.equals(event.getString("request")))
                .sorted(Comparator.comparing(RecordedEvent::getStartTime).thenComparing(RecordedEvent::getEndTime))
                .map(event -> event.getEventType().getName() + " " + event.getInt("tokens") + " "
                        + event.getString("outcome"))
                .toList();
    }
}
