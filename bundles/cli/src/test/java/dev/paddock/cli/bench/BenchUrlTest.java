package dev.paddock.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchUrlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://h:8000",
                "http://h:8000/",
                "http://h:8000/v1",
                "http://h:8000/v1/",
                "http://h:8000/v1/chat/completions",
                "http://h:8000/v1/completions",
                "h:8000"
            })
    void theBaseOfTheApiIsFoundInWhatIsWritten(String url) {
        assertThat(BenchUrl.base(url)).hasToString("http://h:8000/v1");
    }

    @Test
    void anotherPathIsKept() {
        assertThat(BenchUrl.base("https://h/openai/deployments/x")).hasToString("https://h:443/openai/deployments/x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://h/v1", "http://h:99999/v1", "http://h:8000/v1?key=1", "http://a b/v1", "http://:80/v1"})
    void whatIsNoAddressIsRefused(String url) {
        assertThatThrownBy(() -> BenchUrl.base(url)).isInstanceOf(dev.paddock.cli.server.Failure.class);
    }

    @Test
    void aCancellationEndsWhatRunsAndWhatComes() {
        Cancellation cancellation = new Cancellation();
        int[] ended = {0};
        var over = cancellation.during(() -> ended[0] += 100);
        over.close();
        var _ = cancellation.during(() -> ended[0]++);
        cancellation.check();
        cancellation.cancel();
        assertThat(ended[0]).isEqualTo(1);
        var _ = cancellation.during(() -> ended[0] += 10);
        assertThat(ended[0]).isEqualTo(11);
        assertThatThrownBy(cancellation::check).hasMessage("interrupted");
    }
}
