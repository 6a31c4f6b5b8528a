package dev.paddock.listeners;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeadersTest {
    private final Headers headers = new Headers(100);

    @Test
    void aNewConnectionOwesItsFirstRequest() {
        assertThat(headers.waitedFor(0, 0, 0, 150)).isEqualTo(50);
        assertThat(headers.waitedFor(0, 0, 7, 180)).isEqualTo(80);
    }

    @Test
    void oneThatIsBeingAnsweredOwesNothingHoweverLong() {
        assertThat(headers.waitedFor(1, 0, 500, 200)).isZero();
        assertThat(headers.waitedFor(1, 0, 900, 9_000)).isZero();
    }

    @Test
    void oneBetweenTwoRequestsOwesNothingUntilItBegins() {
        headers.waitedFor(1, 1, 500, 200);
        assertThat(headers.waitedFor(1, 1, 500, 9_000)).isZero();
        assertThat(headers.waitedFor(1, 1, 501, 10_000)).isZero();
        assertThat(headers.waitedFor(1, 1, 502, 10_700)).isEqualTo(700);
        assertThat(headers.waitedFor(2, 1, 600, 11_000)).isZero();
        assertThat(headers.waitedFor(2, 2, 600, 12_000)).isZero();
    }

    @Test
    void aBodyThatCameWhileItWasAnsweredIsNoNextRequest() {
        headers.waitedFor(1, 0, 100, 200);
        headers.waitedFor(1, 0, 5_000, 300);
        assertThat(headers.waitedFor(1, 1, 5_000, 400)).isZero();
        assertThat(headers.waitedFor(1, 1, 5_000, 9_000)).isZero();
    }
}
