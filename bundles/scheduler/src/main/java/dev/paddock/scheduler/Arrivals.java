package dev.paddock.scheduler;

import dev.paddock.api.engine.Device;
import dev.paddock.api.engine.Fit;
import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.MemoryUse;
import dev.paddock.api.engine.Placement;
import dev.paddock.api.explain.Decision.Kind;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.scheduler.Arrival.Phase;
import dev.paddock.api.scheduler.SchedulingPolicy.Choice;
import dev.paddock.api.scheduler.SchedulingPolicy.Offload;
import dev.paddock.api.scheduler.SchedulingPolicy.Offload.Mode;
import dev.paddock.api.scheduler.SchedulingPolicy.Question;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;

/** Brings models into memory: finds out what they take, finds a place, makes room for it, loads them. */
final class Arrivals {
    /** Most dry runs at once, each of which is a process; who asks for more models than that waits for their plans. */
    private static final int MOST_PLANS = 4;

    private final State state;
    private final Room room;
    private final Map<Digest, Plan> plans = new HashMap<>();
    /** What memory ran out for at its load; it is tried once more. */
    private final Set<Digest> again = new HashSet<>();

    private final Looks looks = new Looks();

    Arrivals(State state, Room room) {
        this.state = state;
        this.room = room;
    }

    /** The plan of that number, if it is one of these. */
    Optional<Plan> plan(long id) {
        return plans.values().stream().filter(plan -> plan.id == id).findFirst();
    }

    /** Backends or settings changed, so what was planned is worth nothing. */
    void forgetAll() {
        plans.values().stream().filter(Plan::asked).forEach(plan -> state.effects.add(new Effect.DropPlan(plan.id)));
        plans.clear();
    }

    /** Drops plans that nobody waits for any more. */
    void tidy() {
        plans.values().removeIf(plan -> {
            boolean wanted =
                    state.queue.count(plan.wish.model().weightsDigest()) > 0 || state.preloaded(plan.wish.model());
            if (!wanted && plan.asked()) state.effects.add(new Effect.DropPlan(plan.id));
            return !wanted;
        });
    }

    /** Before a pass over those who wait. */
    void begin() {
        looks.begin();
    }

    /** After it: who waits for memory may get some that others give back, which nobody tells. */
    void look() {
        if (looks.due(state.now)) state.effects.add(new Effect.Look());
    }

    /** The memory was looked at. */
    void looked(List<Device> devices) {
        looks.done(state.now);
        if (!devices.isEmpty()) state.ledger.see(devices, state.now);
    }

    /**
     * Memory ran out at a load that should have fitted: idle models go, and it is tried once more.
     *
     * @return false when that would not help
     */
    boolean tryAgain(StoredModel model) {
        if (!again.add(model.weightsDigest())) return false;
        var name = model.name().display();
        return room.clear("memory ran out while " + name + " was loaded, which is tried once more") > 0;
    }

    /** It is loaded, or will not be. */
    void over(StoredModel model) {
        again.remove(model.weightsDigest());
    }

    /** Where a model that has no slot stands. */
    Phase phase(Digest weights) {
        var plan = plans.get(weights);
        return plan != null && plan.asked() ? Phase.PLANNING : Phase.WAITING;
    }

    OptionalLong deadline() {
        long limit = state.rules.placing().planTimeout().toNanos();
        var plansEnd = plans.values().stream().filter(Plan::asked).mapToLong(plan -> plan.since + limit);
        return LongStream.concat(plansEnd, looks.deadline().stream()).min();
    }

    /** One step nearer for a waiting ticket; gives what is still in the way. */
    String bring(Ticket ticket, int before) {
        if (!plans.containsKey(ticket.weights()) && asking() >= MOST_PLANS) {
            return "it is found out what other models take";
        }
        var plan = planned(Wish.of(ticket));
        if (plan.isEmpty()) return "a GPU is looked for";
        if (plan.get().placements.isEmpty()) {
            refuseAll(plan.get(), Fault.UNAVAILABLE, noGpu(plan.get().wish.model()));
            return "";
        }
        if (plan.get().asked()) return "it is found out what it takes";
        if (again.contains(ticket.weights()) && room.closing())
            return "idle models are unloaded, because memory ran out";
        if (state.rules.residency().full(state.slots.size())) return room.make(ticket, before);
        if (plan.get().failure().isPresent()) {
            loadBlindly(plan.get());
            return "it is being loaded";
        }
        return place(plan.get(), ticket, before);
    }

    /** Loads a model that nobody asked for, if that costs nobody anything. */
    void offer(StoredModel model, LoadNeeds needs) {
        if (state.rules.residency().full(state.slots.size())) return;
        var plan = planned(new Wish(model, needs, Optional.empty())).filter(p -> !p.placements.isEmpty() && !p.asked());
        if (plan.isEmpty()) return;
        if (plan.get().failure().isPresent()) loadBlindly(plan.get());
        else if (choose(plan.get(), false) instanceof Choice.Take take) load(plan.get(), take);
    }

    private long asking() {
        return plans.values().stream()
                .filter(plan -> plan.asked() && !plan.placements.isEmpty())
                .count();
    }

    /** The plan, begun if need be; empty while GPUs that are required are still being looked for. */
    private Optional<Plan> planned(Wish wish) {
        var weights = wish.model().weightsDigest();
        var known = plans.get(weights);
        if (known != null && known.wish.needs().equals(wish.needs())) return Optional.of(timed(known));
        var offload = wish.needs().offload(state.rules);
        var placements = state.backends.placements(
                offload, state.rules.placing().pins().forModel(wish.model().name()));
        if (placements.isEmpty() && state.backends.probing()) return Optional.empty();
        var windows = wish.needs().windows(wish.model(), state.rules);
        var plan = new Plan(state.number(), wish, state.now, windows, placements);
        var replaced = plans.put(weights, plan);
        if (replaced != null && replaced.asked()) state.effects.add(new Effect.DropPlan(replaced.id));
        if (!placements.isEmpty()) {
            var order = wish.needs().order(wish.model(), state.rules, windows.getFirst());
            state.effects.add(new Effect.Plan(
                    plan.id, order, windows, placements, wish.model().adapters()));
        }
        return Optional.of(plan);
    }

    private Plan timed(Plan plan) {
        var limit = state.rules.placing().planTimeout();
        if (plan.asked() && !plan.placements.isEmpty() && state.now - plan.since >= limit.toNanos()) {
            state.effects.add(new Effect.DropPlan(plan.id));
            plan.fail("the dry run took longer than " + Words.time(limit));
        }
        return plan;
    }

    private String noGpu(StoredModel model) {
        var pin = state.rules.placing().pins().forModel(model.name());
        return model.name().display() + " is to be computed by a GPU, and none can: " + state.backends.whyNoGpu(pin);
    }

    private void refuseAll(Plan plan, Fault fault, String message) {
        var weights = plan.wish.model().weightsDigest();
        plans.remove(weights);
        state.queue
                .waitingFor(weights, plan.wish.needs()::equals)
                .forEach(ticket -> state.refuse(ticket, new PaddockException(fault, message)));
    }

    private String place(Plan plan, Ticket ticket, int before) {
        var choice = choose(plan, false);
        if (!(choice instanceof Choice.Take) && choose(plan, true) instanceof Choice.Take take) choice = take;
        switch (choice) {
            case Choice.Take take -> load(plan, take);
            case Choice.MakeRoom wanted -> {
                looks.want();
                return room.make(ticket, before) + "; " + wanted.why();
            }
            case Choice.Wait wait -> {
                if (!room.hope()) {
                    tooLarge(plan, wait.why());
                    break;
                }
                looks.want();
                return room.make(ticket, before) + "; " + wait.why();
            }
            case Choice.Never never -> tooLarge(plan, never.why());
        }
        return "it is being loaded";
    }

    private void tooLarge(Plan plan, String why) {
        var name = plan.wish.model().name().display();
        refuseAll(plan, Fault.OUT_OF_MEMORY, name + " does not fit into the memory that is there: " + why);
    }

    private Choice choose(Plan plan, boolean cachesGiveWay) {
        var needs = plan.wish.needs();
        var free = state.ledger.free(cachesGiveWay);
        return state.judge.place(new Question(
                plan.wish.model().name().display(),
                needs.wantedWindow(state.rules) > 0 ? plan.windows.getFirst() : 0,
                needs.offload(state.rules),
                plan.fits(),
                free,
                free.stream().map(device -> room.evictable(device.name())).toList()));
    }

    private void load(Plan plan, Choice.Take take) {
        var fit = take.fit();
        var model = plan.wish.model();
        var order = plan.wish
                .needs()
                .order(model, state.rules, fit.contextLength())
                .sized(fit.contextLength(), fit.parallel())
                .on(fit.placement());
        long runner = start(plan, order, fit.uses());
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("runner", runner);
        numbers.put("window", fit.contextLength());
        numbers.put("parallel", fit.parallel());
        numbers.put("gpuLayers", fit.placement().gpuLayers());
        fit.uses().forEach(use -> numbers.put("bytes." + use.device(), use.bytes()));
        state.tell(Kind.PLACED, model, model.name().display() + " goes to " + take.why(), numbers);
    }

    /** The dry run is a help and no condition: what it could not say, the load will show. */
    private void loadBlindly(Plan plan) {
        var model = plan.wish.model();
        var offload = plan.wish.needs().offload(state.rules);
        int window = Math.min(
                plan.windows.getFirst(), plan.wish.needs().wantedWindow(state.rules) > 0 ? Integer.MAX_VALUE : 4096);
        var order = plan.wish.needs().order(model, state.rules, window).on(blind(plan, offload));
        start(plan, order, List.of(new MemoryUse(Device.HOST, model.size(), 0, 0)));
        state.tell(
                Kind.PLACED,
                model,
                model.name().display() + " is loaded without a plan, because "
                        + plan.failure().orElseThrow(),
                Map.of("window", window, "gpuLayers", order.placement().gpuLayers()));
    }

    /** Nothing is put on a GPU on a guess, unless that is asked for. */
    private static Placement blind(Plan plan, Offload offload) {
        boolean asked = offload.mode() == Mode.ALL || offload.mode() == Mode.EXACTLY || offload.gpuRequired();
        return asked ? plan.placements.getFirst() : plan.placements.getLast();
    }

    private long start(Plan plan, LoadOrder order, List<MemoryUse> uses) {
        long runner = state.number();
        var limited = order.limited(state.ledger.promise(runner, uses, 0));
        var slot = new Slot(runner, limited, plan.wish, state.now);
        slot.adapters(plan.adapterBytes());
        plans.remove(plan.wish.model().weightsDigest());
        state.slots.put(plan.wish.model().weightsDigest(), slot);
        state.effects.add(new Effect.Load(runner, limited));
        return runner;
    }

    /** What the engine found out. */
    void planned(Plan plan, List<Fit> fits, long adapterBytes) {
        plan.known(fits, adapterBytes);
    }

    /** Nobody is refused because a dry run failed, unless it showed that the model cannot work. */
    void failed(Plan plan, PaddockException cause) {
        if (cause.fault() == Fault.MODEL_DAMAGED || cause.fault() == Fault.OUT_OF_MEMORY) {
            refuseAll(plan, cause.fault(), cause.getMessage());
        } else {
            plan.fail("the dry run failed: " + cause.getMessage());
        }
    }
}
