package dev.paddock.engine;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.runner.protocol.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/** Questions to whatever runner a model has; one that was not answered is asked again. Safe for many threads. */
final class Asking {
    private final String model;
    private final Supplier<Runner> present;
    private final IntSupplier mostDeaths;

    /**
     * @param present the runner of the time; blocks while there is none
     * @param mostDeaths how often a question is asked again after a death
     */
    Asking(String model, Supplier<Runner> present, IntSupplier mostDeaths) {
        this.model = model;
        this.present = present;
        this.mostDeaths = mostDeaths;
    }

    int[] tokenize(String text, boolean addSpecial, boolean parseSpecial) {
        return ask(Message.Tokens.class, id -> new Message.Tokenize(id, text, addSpecial, parseSpecial))
                .tokens();
    }

    String detokenize(int[] tokens) {
        return ask(Message.Text.class, id -> new Message.Detokenize(id, tokens)).text();
    }

    /** @param parts inputs, so many in each question */
    List<float[]> embed(List<List<int[]>> parts) {
        List<float[]> vectors = new ArrayList<>();
        for (List<int[]> part : parts) {
            var answer = ask(Message.Vectors.class, id -> new Message.Embed(id, part));
            if (answer.vectors().size() != part.size()) {
                throw new PaddockException(
                        Fault.INTERNAL,
                        model + ": the runner gave " + answer.vectors().size() + " vectors for " + part.size()
                                + " inputs");
            }
            vectors.addAll(answer.vectors());
        }
        return vectors;
    }

    private <T extends Message> T ask(Class<T> kind, LongFunction<Message> question) {
        int deaths = 0;
        while (true) {
            var runner = present.get();
            try {
                return kind.cast(runner.ask(question));
            } catch (RunnerGone e) {
                // One that was left for another did not die.
                if (!runner.retired() && deaths++ == mostDeaths.getAsInt()) throw e;
                runner.awaitSuccession();
            } catch (ClassCastException e) {
                throw new PaddockException(Fault.INTERNAL, model + ": the runner answered another question", e);
            }
        }
    }
}
