package dev.paddock.transfer;

import dev.paddock.api.store.Layer;
import dev.paddock.transfer.net.Call;
import dev.paddock.transfer.net.Origin;
import dev.paddock.transfer.net.Reply;
import dev.paddock.transfer.net.WrongAnswerException;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where the bytes of one blob come from. The registry may send us elsewhere once; then all parts are asked for there,
 * until that address no longer works. Safe for many threads.
 */
final class BlobSource {
    /** What the end of an address that was only lent looks like. */
    private static final Set<Integer> EXPIRED = Set.of(400, 401, 403, 404, 410);

    private static final Pattern RANGE = Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18}|\\*)");

    private final Registry registry;
    private final Layer layer;
    private final URI address;
    private volatile URI link;

    BlobSource(Registry registry, Layer layer) {
        this(registry, layer, registry.blob(layer.digest()));
    }

    /** @param address another one than where blobs usually are */
    BlobSource(Registry registry, Layer layer, URI address) {
        this.registry = registry;
        this.layer = layer;
        this.address = address;
    }

    /** The registry sends whole blobs only. */
    static final class NoRangesException extends IOException {
        private static final long serialVersionUID = 1L;

        NoRangesException() {
            super("the registry sends whole blobs only");
        }
    }

    Registry registry() {
        return registry;
    }

    /**
     * Asks for some of the bytes.
     *
     * @return an answer whose body is these bytes and nothing else, as far as the other side is honest
     * @throws NoRangesException when the other side would send all of it instead
     */
    Reply open(long from, long to) throws IOException {
        boolean all = from == 0 && to == layer.size();
        Reply reply = ask(all ? "" : "bytes=" + from + "-" + (to - 1));
        try {
            if (reply.status() == 206 && !all) requireRange(reply, from, to);
            else if (reply.status() == 200 && !all) throw new NoRangesException();
            else if (reply.status() != 200 && reply.status() != 206) throw Registry.failure(reply);
            requireLength(reply, to - from);
            return reply;
        } catch (IOException e) {
            reply.close();
            throw e;
        }
    }

    /** Ends what a thread waits for here. */
    void abort(Thread thread) {
        registry.session().abort(thread);
    }

    private Reply ask(String range) throws IOException {
        URI direct = link;
        if (direct != null) {
            Reply reply = askThere(direct, range);
            if (!EXPIRED.contains(reply.status())) return reply;
            reply.close();
            link = null;
        }
        Reply reply = registry.session().send(call(address, range));
        boolean elsewhere = !Origin.of(reply.address()).equals(Origin.of(address));
        if (elsewhere && reply.status() < 300) link = reply.address();
        return reply;
    }

    private Reply askThere(URI direct, String range) throws IOException {
        try {
            return registry.session().send(call(direct, range));
        } catch (IOException e) {
            link = null;
            throw e;
        }
    }

    private static Call call(URI address, String range) {
        Call call = Call.get(address);
        return range.isEmpty() ? call : call.header("Range", range);
    }

    private void requireRange(Reply reply, long from, long to) throws IOException {
        var range = RANGE.matcher(reply.header("Content-Range").orElse("").strip());
        if (!range.matches())
            throw new WrongAnswerException("the registry does not say which part of the blob it sends");
        if (!range.group(3).equals("*")) requireSize(Long.parseLong(range.group(3)));
        boolean asked = Long.parseLong(range.group(1)) == from && Long.parseLong(range.group(2)) == to - 1;
        if (!asked) throw new WrongAnswerException("the registry sends another part of the blob than was asked for");
    }

    private void requireLength(Reply reply, long expected) throws IOException {
        if (reply.length() < 0 || reply.length() == expected) return;
        if (expected == layer.size()) requireSize(reply.length());
        throw new WrongAnswerException(
                "the registry sends " + reply.length() + " bytes where " + expected + " were asked for");
    }

    private void requireSize(long said) throws IOException {
        if (said != layer.size()) {
            throw new WrongAnswerException(
                    "the registry's " + layer.digest() + " has " + said + " bytes, its manifest says " + layer.size());
        }
    }
}
