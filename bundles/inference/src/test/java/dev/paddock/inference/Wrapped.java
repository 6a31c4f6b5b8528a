package dev.paddock.inference;

import dev.paddock.api.engine.Generation;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.engine.Move;
import dev.paddock.api.engine.RunnerFacts;
import dev.paddock.api.engine.RunnerStatus;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A model around another, for tests to change one thing. */
class Wrapped implements LoadedModel {
    private final LoadedModel model;

    Wrapped(LoadedModel model) {
        this.model = model;
    }

    @Override
    public RunnerFacts facts() {
        return model.facts();
    }

    @Override
    public RunnerStatus status() {
        return model.status();
    }

    @Override
    public int[] tokenize(String text, boolean addSpecial, boolean parseSpecial) {
        return model.tokenize(text, addSpecial, parseSpecial);
    }

    @Override
    public String detokenize(int[] tokens) {
        return model.detokenize(tokens);
    }

    @Override
    public Generation generate(GenerationOrder order) {
        return model.generate(order);
    }

    @Override
    public List<float[]> embed(List<int[]> inputs) {
        return model.embed(inputs);
    }

    @Override
    public Move move(LoadOrder order, Move.Terms terms) {
        return model.move(order, terms);
    }

    @Override
    public CompletionStage<String> ended() {
        return model.ended();
    }

    @Override
    public void close() {
        model.close();
    }
}
