package dev.paddock.itest.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.itest.conformance.Case;
import dev.paddock.itest.conformance.NotInClient;
import dev.paddock.itest.conformance.RealClient;
import dev.paddock.itest.conformance.Trait;
import dev.paddock.itest.e2e.Await;
import dev.paddock.itest.e2e.Golden;
import dev.paddock.itest.e2e.Server;
import dev.paddock.itest.e2e.SlowModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What people do with a client, done with a real one against a started server. A subclass says it in the client's own
 * API, greedily; what that API has no words for, its {@link RealClient} says.
 */
@ExtendWith(ClientServer.class)
public abstract class ClientContract {
    /** The model that most cases ask. */
    protected static final String STARTER = "starter";

    /** Ten times what it takes: what runs is told every half second. That it is less than one, DisconnectTest shows. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private static final String SUM = "What is 17 + 25?";

    private final Server server;

    /** A contract with one server, which other classes use too. */
    protected ClientContract(Server server) {
        this.server = server;
    }

    /**
     * One message of a conversation.
     *
     * @param role {@code system}, {@code user} or {@code assistant}
     */
    public record Turn(String role, String content) {
        static Turn user(String content) {
            return new Turn("user", content);
        }
    }

    /** What a schema asks for. */
    public record Person(String name, int age) {}

    /**
     * An answer with its thoughts.
     *
     * @param thinking empty when there are none
     */
    public record Thought(String thinking, String answer) {}

    /** A tool on the client's side, {@code add}: "Add two numbers", with the numbers {@code a} and {@code b}. */
    public interface Adder {
        /** The result in JSON. */
        String add(int a, int b);
    }

    /** The whole answer to a conversation. */
    protected abstract String chat(String model, List<Turn> turns) throws Exception;

    /** Streams an answer and closes it, by the client's own means, at the first piece that is not followed by more. */
    protected abstract void stream(String model, List<Turn> turns, Predicate<String> goOn) throws Exception;

    /** Asks with the tool on offer, does what the model calls for, and gives the answer that follows. */
    protected abstract String callTool(String question, Adder adder) throws Exception;

    /** An answer by a schema, read by the client where it can. */
    protected abstract Person person(String question) throws Exception;

    /** An answer for which thoughts are wanted, or not. */
    protected abstract Thought think(String question, boolean wanted) throws Exception;

    /** A vector for each text. Of a client whose annotation says that it cannot, nobody asks this. */
    protected List<float[]> embed(List<String> texts) throws Exception {
        throw new UnsupportedOperationException("vectors are not among what the client's annotation calls absent");
    }

    /** What the client throws for a model that is not there. */
    protected abstract Class<? extends Throwable> unknownModel();

    private static String golden(String name) throws Exception {
        return Golden.named(name).answer();
    }

    @BeforeEach
    final void refuseWhatTheClientHasNoWordsFor(TestInfo test) {
        RealClient client = getClass().getAnnotation(RealClient.class);
        Trait asked =
                test.getTestMethod().orElseThrow().getAnnotation(Case.class).value();
        if (List.of(client.absent()).contains(asked)) throw new NotInClient(client.because());
    }

    @Test
    @Case(Trait.PLAIN)
    void aQuestionIsAnswered() throws Exception {
        assertThat(chat(STARTER, List.of(Turn.user("Who are you?")))).isEqualTo(golden("who-are-you"));
    }

    @Test
    @Case(Trait.STREAM)
    void anAnswerComesInPieces() throws Exception {
        List<String> pieces = new ArrayList<>();
        // Long enough: what comes while the last piece is still being written is joined.
        var story = Golden.named("story");
        String asked = story.messages().get(0).path("content").asString();
        stream(STARTER, List.of(Turn.user(asked)), piece -> pieces.add(piece));
        assertThat(String.join("", pieces)).isEqualTo(story.answer());
        assertThat(pieces).hasSizeGreaterThan(2);
    }

    @Test
    @Case(Trait.SYSTEM)
    void aSystemPromptIsHeard() throws Exception {
        var turns = List.of(new Turn("system", "My name is Anna."), Turn.user("What is my name?"));
        assertThat(chat(STARTER, turns)).isEqualTo("Your name is Anna.");
        assertThat(chat(STARTER, turns.subList(1, 2))).isNotEqualTo("Your name is Anna.");
    }

    @Test
    @Case(Trait.TURNS)
    void earlierTurnsAreRemembered() throws Exception {
        List<Turn> turns = new ArrayList<>();
        for (var message : Golden.named("recall-later").messages())
            turns.add(new Turn(
                    message.path("role").asString(), message.path("content").asString()));
        assertThat(turns).hasSize(5);
        assertThat(chat(STARTER, turns)).isEqualTo(golden("recall-later"));
    }

    @Test
    @Case(Trait.TOOLS)
    void aToolIsCalledAndItsResultTold() throws Exception {
        List<List<Integer>> calls = new ArrayList<>();
        String told = callTool(SUM, (a, b) -> {
            calls.add(List.of(a, b));
            return "{\"result\": 4200}";
        });
        assertThat(calls).containsExactly(List.of(17, 25));
        assertThat(told).isEqualTo("The result is 4200.");
    }

    @Test
    @Case(Trait.SCHEMA)
    void anAnswerFollowsASchema() throws Exception {
        assertThat(person("Anna is 31 years old. Answer in JSON with keys name and age."))
                .isEqualTo(new Person("Anna", 31));
    }

    @Test
    @Case(Trait.THINKING)
    void thoughtsComeWhenTheyAreWanted() throws Exception {
        var on = think(SUM, true);
        assertThat(on.thinking()).contains("7 + 5 = 12");
        assertThat(on.answer()).isEqualTo("17 + 25 = 42.");
        var off = think(SUM, false);
        assertThat(off.thinking()).isEmpty();
        assertThat(off.answer()).isEqualTo(golden("think-off-add"));
    }

    @Test
    @Case(Trait.EMBEDDINGS)
    void textsBecomeVectors() throws Exception {
        var vectors = embed(List.of("Hello!", "How do I start the server?", "Hello!"));
        assertThat(vectors).hasSize(3).allSatisfy(vector -> assertThat(dot(vector, vector))
                .isCloseTo(1, within(1e-3)));
        assertThat(dot(vectors.get(0), vectors.get(2))).isCloseTo(1, within(1e-3));
        assertThat(dot(vectors.get(0), vectors.get(1))).isLessThan(0.98);
    }

    private static double dot(float[] a, float[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
    }

    @Test
    @Case(Trait.ERROR)
    void anUnknownModelIsNamed() {
        assertThatThrownBy(() -> chat("no-such-model", List.of(Turn.user("Hello!"))))
                .isInstanceOf(unknownModel())
                .hasMessageContaining("'no-such-model' not found");
    }

    @Test
    @Case(Trait.ABORT)
    void aClientThatLeavesFreesTheServer() throws Exception {
        assertThat(server.post("/api/chat", SlowModel.brief()).statusCode()).isEqualTo(200);
        var pieces = new AtomicInteger();
        stream(SlowModel.NAME, List.of(Turn.user("Go on for ever.")), piece -> {
            Await.until(SOON, "it runs", () -> SlowModel.running(server) == 1);
            return pieces.incrementAndGet() < 3;
        });
        assertThat(pieces).hasValueGreaterThanOrEqualTo(3);
        Await.until(SOON, "decoding has stopped", () -> SlowModel.running(server) == 0);
    }
}
