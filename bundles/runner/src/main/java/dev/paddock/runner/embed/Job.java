package dev.paddock.runner.embed;

import dev.paddock.runner.protocol.Message;
import java.util.Arrays;

/** A request for vectors, and how far it is. The queue's lock guards {@link #take}; one thread fills in the rest. */
final class Job {
    private final Message.Embed order;
    private final float[][] vectors;
    private int taken;
    private int done;
    private boolean answered;
    private volatile boolean cancelled;

    Job(Message.Embed order) {
        this.order = order;
        this.vectors = new float[order.inputs().size()][];
    }

    /** One input of a request. */
    record Part(Job job, int index) {
        int[] tokens() {
            return job.order.inputs().get(index);
        }

        int length() {
            return tokens().length;
        }
    }

    long id() {
        return order.id();
    }

    /** Tokens of all inputs. */
    long tokens() {
        long sum = 0;
        for (int[] input : order.inputs()) sum += input.length;
        return sum;
    }

    boolean hasMore() {
        return taken < vectors.length;
    }

    /** The input that {@link #take} gives next. */
    Part next() {
        return new Part(this, taken);
    }

    Part take() {
        return new Part(this, taken++);
    }

    void put(int index, float[] vector) {
        vectors[index] = vector;
        done++;
    }

    boolean complete() {
        return done == vectors.length;
    }

    Message.Vectors vectors() {
        return new Message.Vectors(order.id(), Arrays.asList(vectors));
    }

    /** True the first time: a request gets one last answer. */
    synchronized boolean answer() {
        boolean first = !answered;
        answered = true;
        return first;
    }

    boolean cancelled() {
        return cancelled;
    }

    void cancel() {
        cancelled = true;
    }
}
