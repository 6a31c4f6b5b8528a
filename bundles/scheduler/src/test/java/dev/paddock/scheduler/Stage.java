package dev.paddock.scheduler;

import dev.paddock.api.explain.Decision.Kind;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Options;
import dev.paddock.api.scheduler.KeepAlive;
import dev.paddock.api.security.Asker;
import dev.paddock.api.security.Identity;
import dev.paddock.testkit.FakeEngine;
import dev.paddock.testkit.FakeStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A core whose plans are answered at once by a fake engine; explanations are put aside. */
final class Stage {
    static final long SECOND = 1_000_000_000L;

    final FakeEngine engine = new FakeEngine();
    final List<Effect.Tell> told = new ArrayList<>();
    final List<Effect.Complain> complaints = new ArrayList<>();
    /** Dry runs that are not answered, while {@link #holdPlans} is set. */
    final List<Effect.Plan> plans = new ArrayList<>();

    boolean holdPlans;
    long adapterBytes;
    SchedulingCore core;
    long now = 1000;
    private long tickets;

    Stage(Rules rules) {
        core = new SchedulingCore(rules);
    }

    List<Effect> handle(Event event) {
        List<Effect> todo = new ArrayList<>();
        for (Effect effect : core.handle(event, now)) {
            switch (effect) {
                case Effect.Plan plan when holdPlans -> plans.add(plan);
                case Effect.Plan plan -> todo.addAll(handle(answer(plan)));
                case Effect.DropPlan _ -> {}
                case Effect.Look() -> todo.addAll(handle(new Event.Looked(engine.devices())));
                case Effect.Tell tell -> told.add(tell);
                case Effect.Complain complaint -> complaints.add(complaint);
                default -> todo.add(effect);
            }
        }
        return todo;
    }

    Event answer(Effect.Plan plan) {
        try {
            var fits = engine.fit(plan.order(), plan.contexts(), plan.placements());
            return new Event.Planned(plan.plan(), fits, engine.devices(), adapterBytes);
        } catch (PaddockException e) {
            return new Event.PlanFailed(plan.plan(), e);
        }
    }

    List<Effect> ask(String name, Options options, Optional<KeepAlive> keepAlive, Asker asker, long tokens) {
        var model = FakeStore.model(name);
        var needs = LoadNeeds.of(model, options);
        return handle(new Event.Requested(new Ticket(++tickets, model, needs, keepAlive, asker, tokens, now)));
    }

    List<Effect> ask(String name, String identity) {
        return ask(name, Options.NONE, Optional.empty(), new Asker("", new Identity(identity), 0), 100);
    }

    long lastTicket() {
        return tickets;
    }

    List<Effect> loaded(Effect.Load load) {
        return handle(new Event.Loaded(load.runner(), engine.load(load.order())));
    }

    List<Effect> release(long runner, long ticket) {
        return handle(new Event.Released(runner, ticket, OptionalLong.empty()));
    }

    /** The runner is gone, and its memory is free. */
    List<Effect> closed(Effect.Close close) {
        close.model().close();
        return handle(new Event.Closed(close.runner()));
    }

    /** The engine tells its backends. */
    List<Effect> backends() {
        return handle(new Event.BackendsChanged(engine.backends()));
    }

    /** The engine makes a move, or fails to. */
    List<Effect> moved(Effect.MoveIt move) {
        try {
            return handle(new Event.Moved(move.runner(), move.model().move(move.order(), move.terms())));
        } catch (PaddockException e) {
            return handle(new Event.MoveFailed(move.runner(), e));
        }
    }

    /** What is said of one kind, oldest first. */
    List<String> told(Kind kind) {
        return told.stream()
                .filter(tell -> tell.kind() == kind)
                .map(Effect.Tell::text)
                .toList();
    }
}
