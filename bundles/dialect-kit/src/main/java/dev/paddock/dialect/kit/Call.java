package dev.paddock.dialect.kit;

import dev.paddock.api.fault.BusyException;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.EventStream;
import dev.paddock.api.inference.Serving;
import dev.paddock.api.model.Progress;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.security.Asker;
import dev.paddock.api.security.Identity;
import dev.paddock.api.security.Scope;
import dev.paddock.api.web.Exchange;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request and the ways to answer it. One thread, the request's own; only what an {@link Opener} does, others may do too. */
public final class Call implements Opener {
    private static final Logger LOG = LoggerFactory.getLogger(Call.class);
    private static final String DISPOSITION = "Content-Disposition";
    private static final String CACHED = "X-Paddock-Cached-Tokens";
    private static final int MAX_IGNORED = 20;
    private static final String JSON = "application/json; charset=utf-8";
    /** Those of one dialect; the rest of the memory is for answers and everything else. */
    private static final BodyMemory BODIES = new BodyMemory(Runtime.getRuntime().maxMemory() / 2);

    private static final IgnoredFields IGNORED = new IgnoredFields();
    /** Names of fields that can stand in a header. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.\\-\\[\\]]{1,64}");
    /** Told before the answer begins; its last part says it again. */
    private static final String DROPPED = "X-Paddock-Dropped-Messages";
    /** How many there are, since their words may hold what a stranger wrote; its last part holds them. */
    private static final String NOTES = "X-Paddock-Notes";

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final Exchange exchange;
    private final Ticket ticket;
    private final BodyMemory.Share memory = BODIES.new Share();
    private volatile EventStream answered;
    private AnswerStream stream;
    private Pulse pulse;

    Call(HttpServletRequest request, HttpServletResponse response, Exchange exchange, Ticket ticket) {
        this.request = request;
        this.response = response;
        this.exchange = exchange;
        this.ticket = ticket;
    }

    /** The method in upper case. */
    public String method() {
        return request.getMethod();
    }

    /** The path as the client wrote it, percent signs and all. */
    public String path() {
        return request.getRequestURI();
    }

    /**
     * What follows in the path, percent signs decoded.
     *
     * @param prefix what the path begins with
     * @throws PaddockException with {@link Fault#INVALID_REQUEST} for percent signs that mean nothing
     */
    public String rest(String prefix) {
        try {
            return URLDecoder.decode(path().substring(prefix.length()).replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new PaddockException(Fault.INVALID_REQUEST, "the path is not encoded as it must be", e);
        }
    }

    /**
     * A parameter of the query; empty when it is absent or blank.
     *
     * @throws PaddockException with {@link Fault#INVALID_REQUEST} for percent signs that mean nothing
     */
    public Optional<String> query(String name) {
        return Query.value(request.getQueryString(), name);
    }

    /** The pattern that the path matched, for those who count. */
    void route(String pattern) {
        request.setAttribute(Exchange.ROUTE, pattern);
    }

    /** A header of the request; empty when it is absent. */
    public Optional<String> requestHeader(String name) {
        return Optional.ofNullable(request.getHeader(name));
    }

    /** Who is asking. */
    public Identity identity() {
        return exchange.identity();
    }

    /** As {@link Exchange#requireKnown}. */
    public void requireKnown() {
        exchange.requireKnown();
    }

    /** As {@link Exchange#require}. */
    public void require(Scope scope) {
        exchange.require(scope);
    }

    /** Those of the models that whoever asks may see. */
    public List<StoredModel> visible(Collection<StoredModel> models) {
        return models.stream().filter(model -> identity().mayUse(model.name())).toList();
    }

    /**
     * Who is asking, and by {@code priority} of the body how urgently: when it is absent as their key says, or 0; more
     * than they may have counts as that.
     *
     * @throws PaddockException with {@link Fault#INVALID_REQUEST}
     */
    public Asker asker(Fields body) {
        long priority = body.integer("priority", Identity.LEAST_PRIORITY, Identity.MOST_PRIORITY)
                .orElse((long) exchange.identity().priority());
        return new Asker(exchange.requestId(), exchange.identity(), (int) priority);
    }

    @Override
    public String id() {
        return exchange.requestId();
    }

    /**
     * The body as a JSON object, read to its end.
     *
     * @return empty when there is no body
     * @throws PaddockException with {@link Fault#TOO_LARGE}, {@link Fault#INVALID_REQUEST}, or {@link Fault#QUEUE_FULL}
     *     when other requests take the memory that it needs
     */
    public Optional<Fields> body() throws IOException {
        RequestBody body = raw(exchange.bodyLimit(), memory::came);
        try {
            Optional<Fields> fields = Json.readObject(body, memory::holds).map(Fields::new);
            body.drain();
            memory.complete();
            return fields;
        } catch (PaddockException refused) {
            memory.close();
            discard(body);
            throw refused;
        }
    }

    private void discard(RequestBody body) throws IOException {
        try {
            body.discard();
        } catch (PaddockException e) {
            LOG.debug("{}: the rest of a refused body is not read: {}", id(), e.getMessage());
        }
    }

    /** The raw body, at most so many bytes. */
    public RequestBody raw(long limit) throws IOException {
        return raw(limit, _ -> {});
    }

    private RequestBody raw(long limit, LongConsumer told) throws IOException {
        if (request.getContentLengthLong() > limit) throw RequestBody.tooLarge(limit);
        return new RequestBody(request.getInputStream(), limit, told);
    }

    /** The request has its answer. */
    void end() {
        quiet();
        memory.close();
    }

    /**
     * Says in {@code X-Paddock-Ignored} which fields of the request had no effect, and in the log, there once for each
     * path and field.
     */
    public void ignored(Collection<String> names) {
        if (names.isEmpty()) return;
        List<String> safe = names.stream()
                .filter(name -> PLAIN.matcher(name).matches())
                .limit(MAX_IGNORED)
                .toList();
        List<String> news = IGNORED.news(path(), safe);
        if (!news.isEmpty()) LOG.info("{} {}: fields without effect: {}", id(), path(), news);
        response.setHeader("X-Paddock-Ignored", safe.isEmpty() ? "?" : String.join(", ", safe));
    }

    /**
     * Blocks for an answer; a client that goes away meanwhile or later ends it. Read the body first, close the result.
     * The headers tell of the first answer.
     */
    @Override
    public Answer open(Supplier<EventStream> call) {
        Exchange.Watch watch = watch();
        try {
            EventStream events = ticket.open(call);
            tellOnce(events);
            return new Answer(ticket, events, watch);
        } catch (RuntimeException e) {
            watch.close();
            throw e;
        }
    }

    private synchronized void tellOnce(EventStream events) {
        if (answered != null) return;
        answered = events;
        tell(events.serving());
        if (events.droppedMessages() > 0) header(DROPPED, Integer.toString(events.droppedMessages()));
        if (!events.notes().isEmpty())
            header(NOTES, Integer.toString(events.notes().size()));
    }

    private void tell(Serving serving) {
        header("X-Paddock-Backend", serving.backend().replaceAll("[^ -~]", "?"));
        header("X-Paddock-Window", Integer.toString(serving.window()));
        header("X-Paddock-Queue-Ms", Long.toString(serving.queued().toMillis()));
        header("X-Paddock-Load-Ms", Long.toString(serving.load().toMillis()));
    }

    @Override
    public <T> T await(Supplier<T> call) {
        try (var _ = watch()) {
            return ticket.await(call);
        }
    }

    /** {@link #await} for a task that tells its steps: each becomes a line. */
    public <T> T whileHeard(NdjsonStream lines, Function<Consumer<Progress>, T> task) {
        try (var told = new ProgressLines(lines, this::gone)) {
            return await(() -> task.apply(told));
        }
    }

    /** {@link #whileHeard} for a task that goes on without its client; only the end of the dialect interrupts it. */
    public <T> T toTheEnd(NdjsonStream lines, Function<Consumer<Progress>, T> task) {
        try (var told = new ProgressLines(lines, () -> {})) {
            return ticket.await(() -> task.apply(told));
        }
    }

    /** Whether the request was stopped: its client is gone, or this part of the server goes. */
    public boolean stopped() {
        return ticket.cause().isPresent();
    }

    private Exchange.Watch watch() {
        return exchange.onDisconnect(this::gone);
    }

    private void gone() {
        ticket.cancel(Fault.CANCELLED, "request canceled");
    }

    /**
     * What is left of a body is not read any more, so no other request can follow on this connection: a client that is
     * not told would send its next one into the void.
     */
    private void closeAfterUnreadBody() throws IOException {
        boolean sent = request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
        if (sent && !request.getInputStream().isFinished()) header("Connection", "close");
    }

    /** Answers with a status alone. */
    public void empty(int status) throws IOException {
        closeAfterUnreadBody();
        response.setStatus(status);
        response.setContentLength(0);
    }

    /** Answers with a whole JSON body. */
    public void json(int status, Object body) throws IOException {
        whole(status, JSON, Json.bytes(body));
    }

    /** {@link #json} for those who compare the content type with {@code application/json}. */
    public void plainJson(int status, Object body) throws IOException {
        whole(status, "application/json", Json.bytes(body));
    }

    /** {@link #json} for a body that may be so large that it should not be in memory as text as well. */
    public void largeJson(int status, Object body) throws IOException {
        response.setStatus(status);
        response.setContentType(JSON);
        Json.write(body, response.getOutputStream());
    }

    /** Answers with a plain text. */
    public void text(int status, String text) throws IOException {
        whole(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Answers with a file that is written as the client reads it. Nothing is sent before the first bytes, so a failure
     * before them keeps its status; after them it breaks the answer off.
     *
     * @param name what the client may call it; plain ASCII without quotation marks
     */
    public OutputStream file(String contentType, String name) throws IOException {
        response.setContentType(contentType);
        header(DISPOSITION, "attachment; filename=\"" + name + "\"");
        return response.getOutputStream();
    }

    /** Sets a response header; before the answer. */
    public void header(String name, String value) {
        response.setHeader(name, value);
    }

    /** Answers in lines of JSON. */
    public NdjsonStream ndjson() {
        return streaming(new NdjsonStream(response, this::tellCached));
    }

    /** Answers in one JSON list that grows. */
    public JsonArrayStream jsonArray() {
        return streaming(new JsonArrayStream(response, this::tellCached));
    }

    /** Answers in server-sent events. */
    public SseStream sse() {
        return sse(SseStream.Form.PLAIN);
    }

    /** Answers in server-sent events of a form. */
    public SseStream sse(SseStream.Form form) {
        return streaming(new SseStream(response, form, this::tellCached));
    }

    private <T extends AnswerStream> T streaming(T opened) {
        stream = opened;
        pulse = new Pulse(opened, exchange.pingInterval());
        return opened;
    }

    /** By then the answer has told it, unless the prompt takes long to compute: then the end of the stream says it. */
    private void tellCached() {
        if (answered != null) answered.cachedTokens().ifPresent(n -> header(CACHED, Integer.toString(n)));
    }

    /** Answers with a failure, in the stream's own form when one has begun. */
    void fail(ErrorForm form, PaddockException failure) throws IOException {
        quiet();
        Object body = form.body(failure, exchange == null ? "" : id());
        if (stream != null && stream.begun()) stream.fail(body, failure);
        else if (response.isCommitted()) exchange.cut(failure.getMessage());
        else {
            response.resetBuffer();
            header(DISPOSITION, null);
            tellWhenAgain(failure);
            json(form.status(failure), body);
        }
    }

    private void quiet() {
        if (pulse != null) pulse.close();
    }

    /** How long to wait, and how long the queue is; what is at a limit now will do better in a second at the least. */
    private void tellWhenAgain(PaddockException failure) {
        if (failure instanceof BusyException busy) {
            long seconds = busy.retryAfter().plusNanos(999_999_999).toSeconds();
            header("Retry-After", Long.toString(Math.max(1, seconds)));
            if (busy.position() > 0) header("X-Queue-Position", Integer.toString(busy.position()));
        } else if (failure.fault().blame() == Fault.Blame.CAPACITY) header("Retry-After", "1");
    }

    /** Answers with a whole body of any type. */
    public void whole(int status, String contentType, byte[] body) throws IOException {
        closeAfterUnreadBody();
        tellCached();
        response.setStatus(status);
        response.setContentType(contentType);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
