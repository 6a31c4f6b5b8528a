package dev.paddock.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The yardstick: what it prints is read by programs. */
class RawSpeedDeviceTest {
    private static final String RUNS = "\\[([0-9.]+), ([0-9.]+)]";
    private static final Pattern LINE = Pattern.compile(
            "\\{\"streams\":(\\d+),\"prompt_tps\":" + RUNS + ",\"decode_tps\":" + RUNS + ",\"step_ms\":" + RUNS + "}");

    @Test
    void eachRunHasItsSpeedsAndTheTimeOfAStep() throws IOException {
        RealThings.assumeThere();
        Matcher line = LINE.matcher(measured("3").strip());
        assertThat(line.matches()).isTrue();
        assertThat(line.group(1)).isEqualTo("3");
        for (int group = 2; group <= line.groupCount(); group++) {
            assertThat(Double.parseDouble(line.group(group))).isPositive();
        }
    }

    @Test
    void noStreamsAreRefused() {
        RealThings.assumeThere();
        assertThatThrownBy(() -> measured("0")).hasMessageContaining("--streams is 0");
    }

    private static String measured(String streams) throws IOException {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            RawSpeed.measure(new Options(new String[] {
                "--libs",
                RealThings.NATIVES.toString(),
                "--backend",
                String.join(",", RealThings.cpuVariants()),
                "--model",
                RealThings.MODEL.toString(),
                "--prompt-tokens",
                "40",
                "--predict",
                "20",
                "--threads",
                "1",
                "--runs",
                "2",
                "--streams",
                streams
            }));
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
