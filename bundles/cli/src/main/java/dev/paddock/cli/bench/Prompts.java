package dev.paddock.cli.bench;

import java.util.SplittableRandom;

/** Prompts that share no beginning, so that no cache of prefixes helps. Not safe for several threads. */
final class Prompts {
    /** Common enough to be a token each in most vocabularies. */
    private static final String[] WORDS = ("the of and to in is it you that was for on are with as at be this have "
                    + "from or one had by word but not what all were we when your can said there use an each which she "
                    + "do how their if will up other about out many then them these so some her would make like him "
                    + "into time has look two more write go see number no way could people my than first water been")
            .split(" ", -1);

    private final SplittableRandom random;

    /** @param seed another one gives other prompts */
    Prompts(long seed) {
        random = new SplittableRandom(seed);
    }

    /** A new prompt of so many words. */
    String next(int words) {
        StringBuilder text = new StringBuilder(words * 5);
        for (int i = 0; i < words; i++) {
            if (i > 0) text.append(' ');
            text.append(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.toString();
    }
}
