package dev.paddock.runner.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fields of what a runner is to load, or to find out. */
final class LoadFields {
    private LoadFields() {}

    static FrameOutput encode(Message.Load m) {
        FrameOutput out = new FrameOutput(Codec.LOAD).text(m.model()).text(m.digest());
        encode(out, m.libraries()).texts(m.devices());
        sizes(out, m.sizes());
        return encode(out.text(m.draft()).text(m.cacheDirectory()), m.tuning());
    }

    static Message.Load load(FrameInput in) throws ProtocolException {
        return new Message.Load(
                in.text(), in.text(), libraries(in), in.texts(), sizes(in), in.text(), in.text(), tuning(in));
    }

    static FrameOutput encode(Message.AskFit m) {
        FrameOutput out = new FrameOutput(Codec.ASK_FIT).text(m.model()).text(m.draft());
        encode(out, m.libraries()).texts(m.devices());
        sizes(out, m.sizes());
        return out.numbers(m.contexts()).numbers(m.layers());
    }

    static Message.AskFit askFit(FrameInput in) throws ProtocolException {
        return new Message.AskFit(
                in.text(), in.text(), libraries(in), in.texts(), sizes(in), in.numbers(), in.numbers());
    }

    static FrameOutput encode(Message.Quantize m) {
        FrameOutput out = encode(new FrameOutput(Codec.QUANTIZE), m.libraries());
        return out.text(m.source())
                .text(m.target())
                .text(m.type())
                .flag(m.requantize())
                .number(m.threads());
    }

    static Message.Quantize quantize(FrameInput in) throws ProtocolException {
        return new Message.Quantize(libraries(in), in.text(), in.text(), in.text(), in.flag(), in.number());
    }

    static FrameOutput encode(FrameOutput out, Message.Libraries libraries) {
        out.text(libraries.directory()).number(libraries.backends().size());
        for (Message.BackendFiles backend : libraries.backends())
            out.text(backend.id()).texts(backend.files());
        out.number(libraries.environment().size());
        for (Map.Entry<String, String> variable : libraries.environment().entrySet()) {
            out.text(variable.getKey()).text(variable.getValue());
        }
        return out;
    }

    static Message.Libraries libraries(FrameInput in) throws ProtocolException {
        return new Message.Libraries(in.text(), backends(in), environment(in));
    }

    private static List<Message.BackendFiles> backends(FrameInput in) throws ProtocolException {
        int count = in.count(2 * Integer.BYTES);
        List<Message.BackendFiles> backends = new ArrayList<>(count);
        for (int i = 0; i < count; i++) backends.add(new Message.BackendFiles(in.text(), in.texts()));
        return backends;
    }

    private static Map<String, String> environment(FrameInput in) throws ProtocolException {
        int count = in.count(2 * Integer.BYTES);
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < count; i++) environment.put(in.text(), in.text());
        return environment;
    }

    private static void sizes(FrameOutput out, Message.Sizes s) {
        out.number(s.contextLength()).number(s.contextLimit()).number(s.batch()).number(s.microBatch());
        out.number(s.parallel()).number(s.threads()).number(s.gpuLayers());
    }

    private static Message.Sizes sizes(FrameInput in) throws ProtocolException {
        return new Message.Sizes(
                in.number(), in.number(), in.number(), in.number(), in.number(), in.number(), in.number());
    }

    static FrameOutput encode(FrameOutput out, Message.Tuning tuning) {
        return out.number(tuning.hostCacheBytes())
                .number(tuning.diskCacheBytes())
                .flag(tuning.speculate());
    }

    static Message.Tuning tuning(FrameInput in) throws ProtocolException {
        return new Message.Tuning(in.longNumber(), in.longNumber(), in.flag());
    }
}
