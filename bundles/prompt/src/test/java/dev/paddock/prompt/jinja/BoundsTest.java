package dev.paddock.prompt.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates come from strangers: none may take the server's time or memory, or get at anything but its variables. */
class BoundsTest {
    /** Much less than usual, so that the tests are quick. */
    private static final Sandbox SANDBOX =
            Sandbox.strict(() -> LocalDateTime.MIN).within(Duration.ofSeconds(60), 200_000);

    private static final long MOST_ALLOCATED = 500L << 20;

    private static String rendered(String template) {
        return JinjaTemplate.parse(template).render(Map.of("x", List.of(1L)), SANDBOX);
    }

    private static void refused(String template) {
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> assertThatThrownBy(() -> rendered(template))
                .isInstanceOf(TemplateException.class)
                .hasMessageMatching("(?s)line \\d+(, column \\d+)?: .+"));
    }

    static List<String> hostile() throws IOException {
        try (var in = BoundsTest.class.getResourceAsStream("hostile.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("##"))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void whatWouldNeverEndOrFillTheMemoryIsRefused(String template) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            long before = threads.getCurrentThreadAllocatedBytes();
            assertThatThrownBy(() -> rendered(template))
                    .isInstanceOf(TemplateException.class)
                    .hasMessageMatching("(?s)line \\d+(, column \\d+)?: .+");
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_ALLOCATED);
        });
    }

    @Test
    void theListOfHostileTemplatesIsRead() throws IOException {
        assertThat(hostile()).hasSizeGreaterThan(130);
    }

    @Test
    void timeIsBoundedHoweverLittleIsDone() {
        var clock = new AtomicLong();
        var slow = new Sandbox(
                () -> LocalDateTime.MIN,
                false,
                () -> clock.getAndAdd(1_000_000_000),
                Duration.ofSeconds(20),
                5_000_000);
        var template = JinjaTemplate.parse("{% for a in range(30000) %}\n{{ a }}{% endfor %}");

        assertThatThrownBy(() -> template.render(Map.of(), slow)).hasMessage("line 1: the template takes too long");
        assertThat(clock.get()).isEqualTo(22_000_000_000L);
    }

    @Test
    void whatAConversationNeedsGrowsWithIt() {
        var template = JinjaTemplate.parse(
                "{% for m in messages %}{{ ('<' + m.content.strip() + '>').split('b')[-1] }}{% endfor %}");
        var message = Map.of("content", "a".repeat(1_000_000));

        assertThat(template.render(Map.of("messages", List.of(message, message, message, message)), SANDBOX))
                .hasSize(4_000_008);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% macro m() %}{% for x in [1] %}{% if 1 %}{{ [m()]|join|upper }}{% endif %}{% endfor %}{% endmacro %}{{ m() }}",
                "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}",
                "{% block b %}{{ self.b() }}{% endblock %}",
                "{% macro m(a=m()) %}{{ a }}{% endmacro %}{{ m() }}",
                "{% set n = namespace(s=[1]) %}{% for i in range(5000) %}{% set n.s = n.s|select %}{% endfor %}{{ n.s|list }}",
                "{% set n = namespace(s=[]) %}{% for i in range(5000) %}{% set n.s = [n.s] %}{% endfor %}{{ n.s }}",
                "{% set n = namespace(s=[]) %}{% for i in range(5000) %}{% set n.s = [n.s] %}{% endfor %}{{ n.s|tojson }}",
                "{% set n = namespace(s=[], t=[1]) %}{% for i in range(5000) %}{% set n.s = [n.s] %}{% set n.t = [n.t] %}{% endfor %}"
                        + "{{ n.s == n.t }}",
                "{% set n = namespace(s=()) %}{% for i in range(5000) %}{% set n.s = (n.s,) %}{% endfor %}{{ {n.s: 1} }}",
                "{% set n = namespace() %}{% set n.n = n %}{{ n }}"
            })
    void depthIsBoundedBeforeTheStackIs(String template) throws InterruptedException {
        onSmallStack(template);
    }

    /** Half of what threads usually have. */
    private static void onSmallStack(String template) throws InterruptedException {
        Throwable[] failure = new Throwable[1];
        var thread = new Thread(
                null,
                () -> {
                    try {
                        rendered(template);
                    } catch (Throwable e) {
                        failure[0] = e;
                    }
                },
                "small stack",
                512 << 10);
        thread.start();
        thread.join();
        assertThat(failure[0]).isInstanceOf(TemplateException.class).hasMessageContaining("line 1");
    }

    @Test
    void deepNestingIsRefusedOnASmallStackToo() throws InterruptedException {
        for (String template : Arrays.asList(
                "{{ " + "(".repeat(100_000) + "1" + ")".repeat(100_000) + " }}",
                "{{ " + "[".repeat(100_000),
                "{{ " + "{1:".repeat(100_000),
                "{{ " + "x[".repeat(100_000),
                "{{ " + "not ".repeat(100_000) + "1 }}",
                "{{ " + "-".repeat(100_000) + "1 }}",
                "{{ " + "1 if 0 else ".repeat(30_000) + "1 }}",
                "{{ 1" + " is odd(1".repeat(30_000),
                "{% if 1 %}".repeat(10_000),
                "{% for " + "(".repeat(100_000),
                "{{ 1" + "+1".repeat(60_000) + " }}",
                "{{ 1" + "|string".repeat(60_000) + " }}",
                "{{ x" + ".a".repeat(60_000) + " }}",
                "{{ 1" + " if 1".repeat(60_000) + " }}",
                "{{ 0" + " or 0".repeat(60_000) + " }}")) {
            onSmallStack(template);
        }
    }

    @Test
    void longTemplatesAreRefused() {
        refused("x".repeat(1_000_001));
        refused("{{ 1 }}".repeat(100_000));
        refused("{% if 0 %}" + "{% elif 0 %}".repeat(70_000) + "{% endif %}");
        refused("{{ " + "9".repeat(5000) + " }}");
        refused("{{ " + "'a' ".repeat(200_001) + " }}");
    }

    @Test
    void unfinishedTemplatesAreRefused() {
        for (String template : new String[] {
            "{{", "{%", "{#", "{{ 'x", "{% raw %}", "{% if 1 %}", "{{ x[", "{% set x %}", "{{ 1 | }}", "{% nope %}"
        }) {
            refused(template);
        }
    }
}
