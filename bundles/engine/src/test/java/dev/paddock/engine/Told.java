package dev.paddock.engine;

import dev.paddock.api.explain.Decision;
import dev.paddock.api.explain.Decisions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps all decisions. */
final class Told implements Decisions {
    private final List<Decision> all = new CopyOnWriteArrayList<>();

    @Override
    public void add(Decision decision) {
        all.add(decision);
    }

    List<Decision> of(Decision.Kind kind) {
        return all.stream().filter(decision -> decision.kind() == kind).toList();
    }

    @Override
    public List<Decision> ofRequest(String request) {
        return List.of();
    }

    @Override
    public List<Decision> ofModel(String model) {
        return new ArrayList<>(all);
    }

    @Override
    public List<Decision> latest(int most) {
        return new ArrayList<>(all);
    }
}
