package dev.paddock.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrossSiteTest {
    private static Asked post() {
        return Asked.of("POST", "/system/console/bundles");
    }

    private static boolean crosses(Asked asked) {
        return CrossSite.is(asked.request());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "http://localhost:3000",
                "http://127.0.0.1:3000",
                "null",
                "file://",
                "app://x",
                ""
            })
    void aPostOfAnotherOriginIsRefusedThoughTheApiMayKnowIt(String origin) {
        assertThat(crosses(post().with("Origin", origin))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void theBrowserSaysWhereARequestComesFrom(String site) {
        assertThat(crosses(post().with("Sec-Fetch-Site", site))).isTrue();
        var read = Asked.of("GET", "/system/console/bundles.json").with("Sec-Fetch-Site", site);
        assertThat(crosses(read)).isTrue();
    }

    @Test
    void aFormOfAnOldBrowserIsKnownByItsReferer() {
        assertThat(crosses(post().with("Referer", "http://evil.example/page"))).isTrue();
        assertThat(crosses(post().with("Referer", "http://127.0.0.1:11434/system/console/bundles")))
                .isFalse();
    }

    @Test
    void aLinkFromElsewhereMayBeFollowedButNotFramedOrPosted() {
        var followed = Asked.of("GET", "/system/console/paddock")
                .with("Sec-Fetch-Site", "cross-site")
                .with("Sec-Fetch-Mode", "navigate");
        assertThat(crosses(followed.with("Sec-Fetch-Dest", "document"))).isFalse();
        assertThat(crosses(followed.with("Sec-Fetch-Dest", "iframe"))).isTrue();
        var posted = post().with("Sec-Fetch-Site", "cross-site")
                .with("Sec-Fetch-Mode", "navigate")
                .with("Sec-Fetch-Dest", "document");
        assertThat(crosses(posted)).isTrue();
    }

    @Test
    void whatTheBrowserSaysCountsMoreThanAHostThatAProxyChanged() {
        var proxied = post().with("Sec-Fetch-Site", "same-origin").with("Origin", "https://models.example");
        assertThat(crosses(proxied)).isFalse();
    }

    @Test
    void theConsoleItselfAndProgramsAreLetIn() {
        assertThat(crosses(post().with("Origin", "http://127.0.0.1:11434").with("Sec-Fetch-Site", "same-origin")))
                .isFalse();
        assertThat(crosses(post())).isFalse();
        assertThat(crosses(Asked.of("GET", "/system/console").with("Sec-Fetch-Site", "none")))
                .isFalse();
    }
}
