package dev.paddock.runner.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8TextTest {
    @Test
    void anEmojiCutAcrossTokensComesOutWhole() {
        Utf8Text text = new Utf8Text();
        byte[] horse = "🐴".getBytes(UTF_8);
        assertThat(text.append(Arrays.copyOfRange(horse, 0, 1))).isEmpty();
        assertThat(text.append(Arrays.copyOfRange(horse, 1, 3))).isEmpty();
        assertThat(text.append(Arrays.copyOfRange(horse, 3, 4))).isEqualTo("🐴");
        assertThat(text.finish()).isEmpty();
    }

    @Test
    void invalidBytesAreReplacedAtOnce() {
        assertThat(new Utf8Text().append(bytes(0x41, 0xFF, 0x80, 0x42))).isEqualTo("A\uFFFD\uFFFDB");
        assertThat(new Utf8Text().append(bytes(0xC0))).isEqualTo("\uFFFD");
    }

    @Test
    void halfACharacterAtTheEndIsNotLost() {
        Utf8Text text = new Utf8Text();
        assertThat(text.append(bytes(0x41, 0xF0, 0x9F))).isEqualTo("A");
        assertThat(text.finish()).isEqualTo("\uFFFD");
        assertThat(text.finish()).isEmpty();
    }

    @Test
    void aCharacterThatIsBrokenOffByAnotherIsReplaced() {
        Utf8Text text = new Utf8Text();
        assertThat(text.append(bytes(0xE2, 0x82))).isEmpty();
        assertThat(text.append(bytes(0x41))).isEqualTo("\uFFFDA");
    }

    @Test
    void anyCutOfAnyBytesGivesWhatDecodingThemAtOnceGives() {
        Random random = new Random(11);
        int[] interesting = {
            0x00, 0x41, 0x7F, 0x80, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xE0, 0xE2, 0xED, 0xEF, 0xF0, 0xF4, 0xF5, 0xFF
        };
        for (int round = 0; round < 50_000; round++) {
            byte[] all = new byte[random.nextInt(12)];
            for (int i = 0; i < all.length; i++) all[i] = (byte) interesting[random.nextInt(interesting.length)];
            Utf8Text text = new Utf8Text();
            StringBuilder joined = new StringBuilder();
            int start = 0;
            while (start < all.length) {
                int end = start + 1 + random.nextInt(Math.min(4, all.length - start));
                joined.append(text.append(Arrays.copyOfRange(all, start, end)));
                start = end;
            }
            joined.append(text.finish());
            assertThat(joined.toString()).as(Arrays.toString(all)).isEqualTo(new String(all, UTF_8));
        }
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) bytes[i] = (byte) values[i];
        return bytes;
    }
}
