package dev.paddock.scheduler;

import dev.paddock.api.engine.BackendKey;
import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.engine.MemoryUse;
import dev.paddock.api.engine.Placement;
import dev.paddock.api.engine.RunnerFacts;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.scheduler.KeepAlive;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** One runner's place in memory, from the decision to load until it is gone. Owned by the core's thread. */
final class Slot {
    private enum State {
        LOADING,
        READY,
        CLOSING
    }

    final long runner;
    final LoadOrder order;

    private StoredModel model;
    private State state = State.LOADING;
    private Optional<LoadedModel> loaded = Optional.empty();
    private Optional<KeepAlive> keepAlive;
    private Optional<String> retiringFor = Optional.empty();
    private final OptionalInt askedLayers;
    private final long startedAt;
    private final Set<BackendKey> failedMoves = new HashSet<>();
    private Placement target = Placement.CPU;
    private Optional<Placement> moved = Optional.empty();
    private long adapterBytes;
    private boolean aborted;
    private boolean moving;
    private long settledAt = -1;
    private int leases;
    private long readyAt;
    private long usedAt;

    Slot(long runner, LoadOrder order, Wish wish, long now) {
        this.runner = runner;
        this.order = order;
        this.askedLayers = wish.needs().gpuLayers();
        this.model = wish.model();
        this.keepAlive = wish.keepAlive();
        this.startedAt = now;
        this.usedAt = now;
    }

    /** Where it is computed, as it was measured or else ordered. */
    Placement placement() {
        return moved.or(() -> loaded.map(LoadedModel::facts).map(RunnerFacts::placement))
                .orElse(order.placement());
    }

    /** How long it took to load. */
    Duration loadTime() {
        return Duration.ofNanos(Math.max(0, readyAt - startedAt));
    }

    /** What its runner has of each device, adapters included; empty when the runner does not tell. */
    List<MemoryUse> memory() {
        return Plan.with(loaded.orElseThrow().facts().memory(), adapterBytes);
    }

    void adapters(long bytes) {
        adapterBytes = bytes;
    }

    boolean aborted() {
        return aborted;
    }

    void abort() {
        aborted = true;
    }

    boolean moving() {
        return moving;
    }

    void moving(boolean under) {
        moving = under;
    }

    OptionalInt askedLayers() {
        return askedLayers;
    }

    /** Where it is being moved to. */
    Placement target() {
        return target;
    }

    void target(Placement place) {
        target = place;
    }

    void movedTo(Placement place) {
        moved = Optional.of(place);
    }

    Set<BackendKey> failedMoves() {
        return failedMoves;
    }

    /** Whether its place was looked at since the backends changed so often. */
    boolean settled(long changes) {
        return settledAt == changes;
    }

    void settle(long changes) {
        settledAt = changes;
    }

    /** Whether a request said how long it stays. */
    boolean hasKeepAlive() {
        return keepAlive.isPresent();
    }

    StoredModel model() {
        return model;
    }

    Optional<LoadedModel> loaded() {
        return loaded;
    }

    int leases() {
        return leases;
    }

    boolean loading() {
        return state == State.LOADING;
    }

    boolean closing() {
        return state == State.CLOSING;
    }

    boolean retiring() {
        return retiringFor.isPresent();
    }

    /** Why it is retiring; to be asked only when it is. */
    String retiringFor() {
        return retiringFor.orElseThrow();
    }

    boolean idle() {
        return state == State.READY && leases == 0 && !moving;
    }

    boolean busy() {
        return state == State.READY && (leases > 0 || moving);
    }

    /** When it was last granted or released. */
    long usedAt() {
        return usedAt;
    }

    /** @param gpus whether there is a GPU at all, so that a number of layers makes a difference */
    boolean satisfies(LoadNeeds needs, boolean gpus) {
        return needs.satisfiedBy(order, gpus ? askedLayers : needs.gpuLayers(), loaded.map(LoadedModel::facts));
    }

    boolean hasPlace() {
        return state == State.READY && !retiring() && leases < places();
    }

    /** What the runner made of the order; the rest waits here. */
    int places() {
        return loaded.orElseThrow().facts().parallel();
    }

    void ready(LoadedModel runnerModel, long now) {
        state = State.READY;
        loaded = Optional.of(runnerModel);
        readyAt = now;
        usedAt = now;
    }

    /** Takes a lease; gives the nanoseconds that the ticket waited for the load. */
    long grant(Ticket ticket, long now) {
        leases++;
        usedAt = now;
        model = ticket.model();
        ticket.keepAlive().ifPresent(this::keepFor);
        return Math.max(0, readyAt - ticket.since());
    }

    void release(long now) {
        if (leases > 0) leases--;
        usedAt = now;
    }

    void keepFor(KeepAlive time) {
        keepAlive = Optional.of(time);
    }

    /** Takes no more requests and is to be closed when it is idle; the first reason counts. */
    void retire(String reason) {
        if (retiringFor.isEmpty()) retiringFor = Optional.of(reason);
    }

    LoadedModel close() {
        state = State.CLOSING;
        return loaded.orElseThrow();
    }

    /** How long it stays once it is idle, in nanoseconds; empty = for ever. */
    OptionalLong stay(KeepAlive byDefault) {
        var time = keepAlive.orElse(byDefault);
        return time.forever()
                ? OptionalLong.empty()
                : OptionalLong.of(time.idle().toNanos());
    }
}
