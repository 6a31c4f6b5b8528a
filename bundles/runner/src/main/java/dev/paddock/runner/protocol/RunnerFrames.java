package dev.paddock.runner.protocol;

/** The fields of what a runner says. No pattern switch, see {@link ServerFrames}. */
@SuppressWarnings("EnumOrdinal") // both ends come from one build
final class RunnerFrames {
    private RunnerFrames() {}

    static FrameOutput encode(Message.FromRunner message) {
        if (message instanceof Message.Chunk m) {
            return new FrameOutput(Codec.CHUNK).number(m.id()).text(m.text()).numbers(m.tokens());
        }
        if (message instanceof Message.Heartbeat m) {
            FrameOutput out =
                    new FrameOutput(Codec.HEARTBEAT).number(m.running()).number(m.waiting());
            return out.number(m.promptTokens()).number(m.generatedTokens());
        }
        if (message instanceof Message.Log m) {
            return new FrameOutput(Codec.LOG).number(m.level().ordinal()).text(m.text());
        }
        if (message instanceof Message.Progress m) return new FrameOutput(Codec.PROGRESS).number(m.fraction());
        if (message instanceof Message.Ready m) return ready(m);
        return answer(message);
    }

    static Message decode(int type, FrameInput in) throws ProtocolException {
        return switch (type) {
            case Codec.PROGRESS -> new Message.Progress(in.real());
            case Codec.READY -> ready(in);
            case Codec.TOKENS -> new Message.Tokens(in.longNumber(), in.numbers());
            case Codec.TEXT -> new Message.Text(in.longNumber(), in.text());
            case Codec.CHUNK -> new Message.Chunk(in.longNumber(), in.text(), in.numbers());
            case Codec.END ->
                new Message.End(
                        in.longNumber(),
                        in.one(EndReason.values()),
                        in.number(),
                        in.number(),
                        in.number(),
                        in.longNumber(),
                        in.longNumber());
            case Codec.FAILED -> new Message.Failed(in.longNumber(), in.one(FailureCode.values()), in.text());
            case Codec.HEARTBEAT -> new Message.Heartbeat(in.number(), in.number(), in.longNumber(), in.longNumber());
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
        Message.End m = (Message.End) message;
        FrameOutput out =
                new FrameOutput(Codec.END).number(m.id()).number(m.reason().ordinal());
        out.number(m.promptTokens()).number(m.cachedTokens()).number(m.completionTokens());
        return out.number(m.promptNanos()).number(m.completionNanos());
    }

    private static FrameOutput ready(Message.Ready m) {
        FrameOutput out = new FrameOutput(Codec.READY).text(m.backend()).text(m.engineVersion());
        out.number(m.contextLength())
                .number(m.trainedContext())
                .number(m.batch())
                .number(m.parallel());
        out.number(m.threads()).number(m.vocabulary()).text(m.bosToken()).text(m.eosToken());
        return out.number(m.memoryBytes()).number(m.gpuBytes());
    }

    private static Message.Ready ready(FrameInput in) throws ProtocolException {
        return new Message.Ready(
                in.text(),
                in.text(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.text(),
                in.text(),
                in.longNumber(),
                in.longNumber());
    }
}
