package dev.paddock.runner.protocol;

import dev.paddock.api.engine.Adapter;
import dev.paddock.api.engine.Ending;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.Sampling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The fields of a generation order. */
final class OrderFields {
    private OrderFields() {}

    static FrameOutput encode(FrameOutput out, GenerationOrder order) {
        sampling(out.numbers(order.prompt()), order.sampling());
        Ending ending = order.ending();
        out.number(ending.maxTokens()).texts(ending.stop());
        out.flag(ending.shift().isPresent()).number(ending.shift().orElse(0));
        out.flag(order.grammar().isPresent()).text(order.grammar().orElse(""));
        out.number(order.logprobs()).number(order.adapters().size());
        for (Adapter adapter : order.adapters())
            out.text(adapter.file().toString()).number(adapter.scale());
        return out.text(order.cacheScope()).texts(order.shown());
    }

    static GenerationOrder decode(FrameInput in) throws ProtocolException {
        return new GenerationOrder(
                in.numbers(), sampling(in), ending(in), grammar(in), in.number(), adapters(in), in.text(), in.texts());
    }

    private static Ending ending(FrameInput in) throws ProtocolException {
        int maxTokens = in.number();
        List<String> stop = in.texts();
        boolean shifts = in.flag();
        int kept = in.number();
        return new Ending(maxTokens, stop, shifts ? OptionalInt.of(kept) : OptionalInt.empty());
    }

    private static Optional<String> grammar(FrameInput in) throws ProtocolException {
        boolean there = in.flag();
        String text = in.text();
        return there ? Optional.of(text) : Optional.empty();
    }

    private static List<Adapter> adapters(FrameInput in) throws ProtocolException {
        int count = in.count(2 * Integer.BYTES);
        List<Adapter> adapters = new ArrayList<>(count);
        for (int i = 0; i < count; i++) adapters.add(new Adapter(Path.of(in.text()), in.real()));
        return adapters;
    }

    private static void sampling(FrameOutput out, Sampling s) {
        Sampling.Temperature t = s.temperature();
        out.number(s.seed()).number(t.value()).number(t.range()).number(t.exponent());
        Sampling.Cutoffs c = s.cutoffs();
        out.number(c.topK()).number(c.topP()).number(c.minP()).number(c.typicalP());
        out.number(c.topNSigma());
        Sampling.Penalties p = s.penalties();
        out.number(p.lastN()).number(p.repeat()).number(p.presence()).number(p.frequency());
        Sampling.Dry d = s.dry();
        out.number(d.multiplier()).number(d.base()).number(d.allowedLength()).number(d.lastN());
        out.texts(d.breakers());
        out.number(s.xtc().probability()).number(s.xtc().threshold());
        Sampling.Mirostat m = s.mirostat();
        out.number(m.version()).number(m.tau()).number(m.eta());
        out.number(s.bias().size());
        for (Sampling.Bias bias : s.bias()) out.number(bias.token()).number(bias.value());
        out.flag(s.ignoreEnd());
    }

    private static Sampling sampling(FrameInput in) throws ProtocolException {
        return new Sampling(
                in.longNumber(),
                new Sampling.Temperature(in.real(), in.real(), in.real()),
                new Sampling.Cutoffs(in.number(), in.real(), in.real(), in.real(), in.real()),
                new Sampling.Penalties(in.number(), in.real(), in.real(), in.real()),
                new Sampling.Dry(in.real(), in.real(), in.number(), in.number(), in.texts()),
                new Sampling.Xtc(in.real(), in.real()),
                new Sampling.Mirostat(in.number(), in.real(), in.real()),
                bias(in),
                in.flag());
    }

    private static List<Sampling.Bias> bias(FrameInput in) throws ProtocolException {
        int count = in.count(2 * Integer.BYTES);
        List<Sampling.Bias> bias = new ArrayList<>(count);
        for (int i = 0; i < count; i++) bias.add(new Sampling.Bias(in.number(), in.real()));
        return bias;
    }
}
