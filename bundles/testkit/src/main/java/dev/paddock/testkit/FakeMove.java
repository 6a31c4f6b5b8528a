package dev.paddock.testkit;

import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.Move;

/**
 * A move that a fake model was asked for.
 *
 * @param order where to
 * @param terms how
 */
public record FakeMove(LoadOrder order, Move.Terms terms) {}
