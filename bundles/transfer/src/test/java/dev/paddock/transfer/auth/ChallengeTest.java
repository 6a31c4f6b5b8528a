package dev.paddock.transfer.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengeTest {
    @Test
    void whatABearerChallengeSaysIsRead() {
        var challenge = (Challenge.Bearer) Challenge.parse(
                        "Bearer realm=\"https://a.test/token?x=1\", service=\"s v\",scope=\"repository:a/b:pull,push other\"")
                .orElseThrow();
        assertThat(challenge.service()).isEqualTo("s v");
        assertThat(challenge.tokenAddress(Map.of("ts", "1")))
                .hasToString(
                        "https://a.test/token?x=1&service=s+v&scope=repository%3Aa%2Fb%3Apull%2Cpush&scope=other&ts=1");
    }

    @Test
    void quotesMayBeEscapedAndMissing() {
        var challenge = (Challenge.Bearer) Challenge.parse("bearer REALM=https://a.test/t,service=\"a\\\"b\"")
                .orElseThrow();
        assertThat(challenge.realm()).hasToString("https://a.test/t");
        assertThat(challenge.service()).isEqualTo("a\"b");
    }

    @Test
    void theFirstOfTwoRealmsCounts() {
        var challenge =
                (Challenge.Bearer) Challenge.parse("Bearer realm=\"https://a.test/t\",realm=\"https://evil.test/t\"")
                        .orElseThrow();
        assertThat(challenge.realm()).hasToString("https://a.test/t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Bearer", "Negotiate abc", "Digest realm=\"x\"", "Bearer realm=\"http://a b/\"", "\u0000"})
    void whatCannotBeAnsweredIsNoChallenge(String header) {
        assertThat(Challenge.parse(header)).isEmpty();
    }

    @Test
    void aLongHostileHeaderTakesNoTime() {
        assertThat(Challenge.parse("Bearer " + "a=\"\\".repeat(20_000))).isPresent();
        assertThat(Challenge.parse("Basic realm=\"x\"")).contains(new Challenge.Basic());
    }
}
