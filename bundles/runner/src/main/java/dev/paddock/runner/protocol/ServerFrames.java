package dev.paddock.runner.protocol;

import java.util.ArrayList;
import java.util.List;

/**
 * The fields of what a server says. Tests of {@code instanceof} instead of a pattern switch: that one builds a class at
 * its first use, which a runner's start would pay for.
 */
final class ServerFrames {
    private ServerFrames() {}

    static FrameOutput encode(Message.FromServer message) {
        if (message instanceof Message.Generate m) {
            FrameOutput out = new FrameOutput(Codec.GENERATE).number(m.id());
            return OrderFields.encode(out, m.order()).number(m.resumed());
        }
        if (message instanceof Message.Cancel m) return new FrameOutput(Codec.CANCEL).number(m.id());
        if (message instanceof Message.Tokenize m) {
            FrameOutput out = new FrameOutput(Codec.TOKENIZE).number(m.id()).text(m.text());
            return out.flag(m.addSpecial()).flag(m.parseSpecial());
        }
        if (message instanceof Message.Detokenize m) {
            return new FrameOutput(Codec.DETOKENIZE).number(m.id()).numbers(m.tokens());
        }
        if (message instanceof Message.Embed m) return embed(m);
        if (message instanceof Message.Tune m) return LoadFields.encode(new FrameOutput(Codec.TUNE), m.tuning());
        if (message instanceof Message.Load m) return LoadFields.encode(m);
        if (message instanceof Message.Probe m) return LoadFields.encode(new FrameOutput(Codec.PROBE), m.libraries());
        if (message instanceof Message.AskFit m) return LoadFields.encode(m);
        if (message instanceof Message.Quantize m) return LoadFields.encode(m);
        if (message instanceof Message.Hello m) {
            return new FrameOutput(Codec.HELLO)
                    .number(m.protocol())
                    .number(m.pid())
                    .text(m.software());
        }
        return new FrameOutput(Codec.SHUTDOWN);
    }

    static Message decode(int type, FrameInput in) throws ProtocolException {
        return switch (type) {
            case Codec.HELLO -> new Message.Hello(in.number(), in.longNumber(), in.text());
            case Codec.LOAD -> LoadFields.load(in);
            case Codec.PROBE -> new Message.Probe(LoadFields.libraries(in));
            case Codec.ASK_FIT -> LoadFields.askFit(in);
            case Codec.QUANTIZE -> LoadFields.quantize(in);
            case Codec.TOKENIZE -> new Message.Tokenize(in.longNumber(), in.text(), in.flag(), in.flag());
            case Codec.DETOKENIZE -> new Message.Detokenize(in.longNumber(), in.numbers());
            case Codec.GENERATE -> new Message.Generate(in.longNumber(), OrderFields.decode(in), in.number());
            case Codec.EMBED -> embed(in);
            case Codec.TUNE -> new Message.Tune(LoadFields.tuning(in));
            case Codec.CANCEL -> new Message.Cancel(in.longNumber());
            case Codec.SHUTDOWN -> new Message.Shutdown();
            default -> throw new ProtocolException("unknown message type " + type);
        };
    }

    private static FrameOutput embed(Message.Embed m) {
        FrameOutput out =
                new FrameOutput(Codec.EMBED).number(m.id()).number(m.inputs().size());
        for (int[] input : m.inputs()) out.numbers(input);
        return out;
    }

    private static Message.Embed embed(FrameInput in) throws ProtocolException {
        long id = in.longNumber();
        int count = in.count(Integer.BYTES);
        List<int[]> inputs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) inputs.add(in.numbers());
        return new Message.Embed(id, inputs);
    }
}
