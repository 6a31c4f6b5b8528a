package dev.paddock.runner.protocol;

import dev.paddock.api.engine.StopReason;
import dev.paddock.api.fault.Fault;
import java.util.ArrayList;
import java.util.List;

/** The fields of what a runner says. No pattern switch, see {@link ServerFrames}. */
@SuppressWarnings("EnumOrdinal") // both ends come from one build
final class RunnerFrames {
    private RunnerFrames() {}

    static FrameOutput encode(Message.FromRunner message) {
        if (message instanceof Message.Chunk m) {
            FrameOutput out = new FrameOutput(Codec.CHUNK).number(m.id()).text(m.text());
            return AnswerFields.encode(AnswerFields.encode(out.numbers(m.tokens()), m.logprobs()), m.soFar());
        }
        if (message instanceof Message.Heartbeat m) {
            return FactsFields.encode(new FrameOutput(Codec.HEARTBEAT), m.status());
        }
        if (message instanceof Message.Log m) {
            return new FrameOutput(Codec.LOG).number(m.level().ordinal()).text(m.text());
        }
        if (message instanceof Message.Progress m) return new FrameOutput(Codec.PROGRESS).number(m.fraction());
        if (message instanceof Message.Ready m) {
            FrameOutput out = FactsFields.encode(new FrameOutput(Codec.READY), m.facts());
            return out.text(m.draftRefusal()).number(m.gpuLayers());
        }
        if (message instanceof Message.Probed m) return DeviceFields.encode(m);
        if (message instanceof Message.Fits m) return DeviceFields.encode(m);
        if (message instanceof Message.Packing m) {
            return new FrameOutput(Codec.PACKING)
                    .number(m.number())
                    .number(m.count())
                    .text(m.tensor());
        }
        if (message instanceof Message.Packed) return new FrameOutput(Codec.PACKED);
        return answer(message);
    }

    static Message decode(int type, FrameInput in) throws ProtocolException {
        return switch (type) {
            case Codec.PROGRESS -> new Message.Progress(in.real());
            case Codec.READY -> new Message.Ready(FactsFields.facts(in), in.text(), in.number());
            case Codec.TOKENS -> new Message.Tokens(in.longNumber(), in.numbers());
            case Codec.TEXT -> new Message.Text(in.longNumber(), in.text());
            case Codec.CHUNK ->
                new Message.Chunk(
                        in.longNumber(), in.text(), in.numbers(), AnswerFields.logprobs(in), AnswerFields.tally(in));
            case Codec.VECTORS -> vectors(in);
            case Codec.END ->
                new Message.End(
                        in.longNumber(), in.one(StopReason.values()), in.text(), in.text(), AnswerFields.tally(in));
            case Codec.FAILED -> new Message.Failed(in.longNumber(), in.one(Fault.values()), in.text());
            case Codec.PROBED -> DeviceFields.probed(in);
            case Codec.FITS -> DeviceFields.fits(in);
            case Codec.PACKING -> new Message.Packing(in.number(), in.number(), in.text());
            case Codec.PACKED -> new Message.Packed();
            case Codec.HEARTBEAT -> new Message.Heartbeat(FactsFields.status(in));
            case Codec.LOG -> new Message.Log(in.one(LogLevel.values()), in.text());
            default -> throw new ProtocolException("unknown message type " + type);
        };
    }

    private static FrameOutput answer(Message.FromRunner message) {
        if (message instanceof Message.Tokens m) {
            return new FrameOutput(Codec.TOKENS).number(m.id()).numbers(m.tokens());
        }
        if (message instanceof Message.Text m)
            return new FrameOutput(Codec.TEXT).number(m.id()).text(m.text());
        if (message instanceof Message.Failed m) {
            return new FrameOutput(Codec.FAILED)
                    .number(m.id())
                    .number(m.code().ordinal())
                    .text(m.message());
        }
        if (message instanceof Message.Vectors m) return vectors(m);
        Message.End m = (Message.End) message;
        FrameOutput out =
                new FrameOutput(Codec.END).number(m.id()).number(m.reason().ordinal());
        return AnswerFields.encode(out.text(m.rest()).text(m.stop()), m.tally());
    }

    private static FrameOutput vectors(Message.Vectors m) {
        FrameOutput out =
                new FrameOutput(Codec.VECTORS).number(m.id()).number(m.vectors().size());
        for (float[] vector : m.vectors()) out.reals(vector);
        return out;
    }

    private static Message.Vectors vectors(FrameInput in) throws ProtocolException {
        long id = in.longNumber();
        int count = in.count(Integer.BYTES);
        List<float[]> vectors = new ArrayList<>(count);
        for (int i = 0; i < count; i++) vectors.add(in.reals());
        return new Message.Vectors(id, vectors);
    }
}
