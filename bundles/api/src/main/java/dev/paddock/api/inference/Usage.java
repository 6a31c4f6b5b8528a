package dev.paddock.api.inference;

import dev.paddock.api.engine.Tally;
import java.time.Duration;

/**
 * What an answer cost.
 *
 * @param tally tokens and times in the runner
 * @param droppedMessages oldest messages left out because the conversation did not fit, as the request allowed
 * @param load waiting for the model to be ready; zero when it was loaded
 * @param total from the request to the end
 */
public record Usage(Tally tally, int droppedMessages, Duration load, Duration total) {}
