package dev.paddock.runner;

import dev.paddock.api.engine.Device;
import dev.paddock.api.engine.MemoryUse;
import dev.paddock.api.fault.Fault;
import dev.paddock.runner.embed.EmbedLoop;
import dev.paddock.runner.llama.Backends;
import dev.paddock.runner.llama.Context;
import dev.paddock.runner.llama.DryRun;
import dev.paddock.runner.llama.LlamaException;
import dev.paddock.runner.llama.MemoryFigures;
import dev.paddock.runner.llama.Model;
import dev.paddock.runner.llama.NativeLog;
import dev.paddock.runner.llama.Natives;
import dev.paddock.runner.llama.Offload;
import dev.paddock.runner.protocol.Message;
import dev.paddock.runner.speculate.DraftModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a model would take of each device, asked of llama.cpp with the very sizes that {@link Loader} would use. */
final class Fitting {
    private static final int MOST_ROWS = 256;

    private final NativeLog log;
    private final List<Message.FitRow> rows = new ArrayList<>();
    private Message.AskFit question;
    private Backends backends;

    Fitting(NativeLog log) {
        this.log = log;
    }

    /** @throws LlamaException when the model cannot be read, or the question is none */
    Message.Fits answer(Message.AskFit asked) {
        question = check(asked);
        Path directory = Path.of(asked.libraries().directory());
        Natives.open(directory, asked.libraries().environment());
        backends = Backends.load(directory, asked.libraries().backends(), log);
        if (!DryRun.possible()) {
            throw new LlamaException(
                    Fault.UNSUPPORTED, "llama.cpp cannot be asked on this platform what a model would take");
        }
        Path file = Path.of(asked.model());
        int all;
        try (Model model = Model.plan(file, Offload.NONE, log)) {
            all = model.layers();
        }
        for (int layers : FitTable.layers(asked.layers(), all)) {
            Offload offload = backends.offload(asked.devices(), layers);
            if (layers > 0 && offload.layers() == 0) {
                throw new LlamaException(Fault.UNAVAILABLE, "there is no device beside the CPU to put layers on");
            }
            ask(file, offload, layers);
        }
        return new Message.Fits(all, false, rows);
    }

    private static Message.AskFit check(Message.AskFit asked) {
        if ((long) asked.contexts().length * (asked.layers().length + 3L) > MOST_ROWS) {
            throw new LlamaException(
                    Fault.INVALID_REQUEST, "too many fits are asked for at once; at most " + MOST_ROWS + " are told");
        }
        for (int context : asked.contexts()) {
            if (context < 1) throw new LlamaException(Fault.INVALID_REQUEST, "a context of " + context + " tokens");
        }
        for (int layers : asked.layers()) {
            if (layers < -1) throw new LlamaException(Fault.INVALID_REQUEST, layers + " layers on the devices");
        }
        return asked;
    }

    /** One reading of the model for all contexts; the files were sound a moment ago, so it is a row that fails. */
    private void ask(Path file, Offload offload, int layers) {
        try (Model model = Model.plan(file, offload, log)) {
            for (int context : question.contexts()) add(model, offload, layers, context);
        }
    }

    private void add(Model model, Offload offload, int layers, int context) {
        try {
            rows.add(row(model, offload, layers, context));
        } catch (LlamaException e) {
            // Left out: llama.cpp would not load it so, and its log, which the server gets, says why.
            return;
        }
    }

    private Message.FitRow row(Model model, Offload offload, int layers, int context) {
        Message.Sizes sizes = sized(context, question.sizes().parallel());
        if (model.vectors().dedicated()) {
            Context.Order size = Loader.vectorSize(sizes, model);
            List<MemoryUse> uses = DryRun.ask(model, EmbedLoop.first(model, size.threads()), log);
            return new Message.FitRow(layers, context, size.parallel(), uses);
        }
        Context.Order size = size(model, offload, sizes);
        List<MemoryUse> uses = new ArrayList<>(DryRun.ask(model, size, log));
        if (!question.draft().isEmpty()) uses.addAll(draft(model, offload, size));
        return new Message.FitRow(layers, context, size.parallel(), MemoryFigures.sums(uses));
    }

    /** When the runner is to choose, it chooses by what the weights will leave. */
    private Context.Order size(Model model, Offload offload, Message.Sizes sizes) {
        if (sizes.parallel() != 0) return Loader.size(sizes, model, 0);
        long host = FreeMemory.here().bytes();
        long devices = backends.free(offload);
        for (MemoryUse use : DryRun.ask(model, Loader.size(sizes, model, 0), log)) {
            if (use.device().equals(Device.HOST)) host -= use.weightBytes();
            else devices -= use.weightBytes();
        }
        int all = model.layers();
        long room = Parallel.room(Math.max(0, host), Math.max(0, devices), offload.layersOf(all), all);
        return Loader.size(sizes, model, room);
    }

    private List<MemoryUse> draft(Model large, Offload offload, Context.Order size) {
        try (Model draft = Model.plan(Path.of(question.draft()), offload, log)) {
            DraftModel.check(draft, large);
            return DryRun.ask(draft, DraftModel.size(draft, size), log);
        } catch (LlamaException e) {
            return List.of(); // it would be left out by the load as well, which says why
        }
    }

    private Message.Sizes sized(int context, int parallel) {
        Message.Sizes s = question.sizes();
        return new Message.Sizes(context, s.contextLimit(), s.batch(), s.microBatch(), parallel, s.threads(), 0);
    }
}
