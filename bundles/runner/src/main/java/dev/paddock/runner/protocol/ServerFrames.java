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
            FrameOutput out = new FrameOutput(Codec.GENERATE).number(m.id()).numbers(m.prompt());
            return sampling(out, m.sampling()).number(m.maxTokens()).texts(m.stop());
        }
        if (message instanceof Message.Cancel m) return new FrameOutput(Codec.CANCEL).number(m.id());
        if (message instanceof Message.Tokenize m) {
            FrameOutput out = new FrameOutput(Codec.TOKENIZE).number(m.id()).text(m.text());
            return out.flag(m.addSpecial()).flag(m.parseSpecial());
        }
        if (message instanceof Message.Detokenize m) {
            return new FrameOutput(Codec.DETOKENIZE).number(m.id()).numbers(m.tokens());
        }
        if (message instanceof Message.Load m) return load(m);
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
            case Codec.LOAD -> load(in);
            case Codec.TOKENIZE -> new Message.Tokenize(in.longNumber(), in.text(), in.flag(), in.flag());
            case Codec.DETOKENIZE -> new Message.Detokenize(in.longNumber(), in.numbers());
            case Codec.GENERATE ->
                new Message.Generate(in.longNumber(), in.numbers(), sampling(in), in.number(), in.texts());
            case Codec.CANCEL -> new Message.Cancel(in.longNumber());
            case Codec.SHUTDOWN -> new Message.Shutdown();
            default -> throw new ProtocolException("unknown message type " + type);
        };
    }

    private static FrameOutput load(Message.Load m) {
        FrameOutput out = new FrameOutput(Codec.LOAD).text(m.model()).text(m.libraries());
        out.number(m.backends().size());
        for (Message.BackendFiles backend : m.backends()) out.text(backend.id()).texts(backend.files());
        out.number(m.contextLength()).number(m.contextLimit()).number(m.batch()).number(m.microBatch());
        return out.number(m.parallel()).number(m.threads()).number(m.gpuLayers());
    }

    private static Message.Load load(FrameInput in) throws ProtocolException {
        String model = in.text();
        String libraries = in.text();
        int count = in.count(2 * Integer.BYTES);
        List<Message.BackendFiles> backends = new ArrayList<>(count);
        for (int i = 0; i < count; i++) backends.add(new Message.BackendFiles(in.text(), in.texts()));
        return new Message.Load(
                model,
                libraries,
                backends,
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number());
    }

    private static FrameOutput sampling(FrameOutput out, Message.Sampling s) {
        out.number(s.seed())
                .number(s.temperature())
                .number(s.topK())
                .number(s.topP())
                .number(s.minP());
        out.number(s.typicalP()).number(s.repeatLastN()).number(s.repeatPenalty());
        return out.number(s.presencePenalty()).number(s.frequencyPenalty());
    }

    private static Message.Sampling sampling(FrameInput in) throws ProtocolException {
        return new Message.Sampling(
                in.longNumber(),
                in.real(),
                in.number(),
                in.real(),
                in.real(),
                in.real(),
                in.number(),
                in.real(),
                in.real(),
                in.real());
    }
}
