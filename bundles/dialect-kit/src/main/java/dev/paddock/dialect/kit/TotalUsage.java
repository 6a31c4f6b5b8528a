package dev.paddock.dialect.kit;

import dev.paddock.api.engine.Tally;
import dev.paddock.api.inference.Usage;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** What several answers cost together. */
public final class TotalUsage {
    private TotalUsage() {}

    /**
     * Prompts that are the same count once, with the cached tokens of that answer which had the fewest; what was generated
     * is summed up; times are the longest, since the answers were computed beside each other.
     *
     * @param usages of the answers in their order, at least one
     * @param alike how many in a row have the same prompt
     */
    public static Usage of(List<Usage> usages, int alike) {
        if (usages.size() == 1) return usages.getFirst();
        int prompts = 0;
        int cached = 0;
        for (int first = 0; first < usages.size(); first += alike) {
            var group = usages.subList(first, Math.min(first + alike, usages.size()));
            prompts += group.getFirst().tally().promptTokens();
            cached += group.stream()
                    .mapToInt(usage -> usage.tally().cachedTokens())
                    .min()
                    .orElse(0);
        }
        Tally tally = new Tally(
                prompts,
                cached,
                sum(usages, Tally::completionTokens),
                sum(usages, Tally::shiftedTokens),
                sum(usages, Tally::draftedTokens),
                sum(usages, Tally::acceptedTokens),
                sum(usages, Tally::resumes),
                longest(usages, usage -> usage.tally().promptTime()),
                longest(usages, usage -> usage.tally().completionTime()));
        int dropped = usages.stream().mapToInt(Usage::droppedMessages).max().orElse(0);
        return new Usage(tally, dropped, longest(usages, Usage::load), longest(usages, Usage::total));
    }

    private static int sum(List<Usage> usages, ToIntFunction<Tally> part) {
        return usages.stream().map(Usage::tally).mapToInt(part).sum();
    }

    private static Duration longest(List<Usage> usages, Function<Usage, Duration> part) {
        return usages.stream().map(part).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    }
}
