package dev.paddock.hygiene;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Beginnings of system prompts as programs write them: what is known, what is left of it, what stays untouched. */
class FragmentsTest {
    private static final Settings ALL = Settings.DEFAULT.session("move").lines("remove Build *: #*", "move Weather: *");

    private static String cleaned(Settings settings, String text) {
        return Cleaning.of(text.replace("\\n", "\n"), Rules.of(settings))
                .map(cleaned -> cleaned.text() + " => " + String.join("|", cleaned.moved()))
                .map(shown -> shown.replace("\n", "\\n"))
                .orElse("untouched");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\u0000', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
                    x-anthropic-billing-header: cc_version=2.1.37.0d9; cc_entrypoint=cli; cch=fa690;\\nYou are X.       ~ You are X. =>
                    x-anthropic-billing-header: cc_version=2.1.38; cc_entrypoint=cli; cch=4873d;You are X.             ~ You are X. =>
                    x-anthropic-billing-header: cc_version=2.1; cc_entrypoint=vscode; cch=0; cc_workload=a-b; You are X. ~ You are X. =>
                    x-anthropic-billing-header:\\nYou are X.                                                            ~ You are X. =>
                    x-anthropic-billing-header: cch=4873d You are X.                                                    ~ cch=4873d You are X. =>
                    You are X.\\nx-anthropic-billing-header: cch=1;\\nBe kind.                                          ~ You are X.\\nBe kind. =>
                    You are X.\\n<total_tokens>14999436 tokens left</total_tokens>                                      ~ You are X.\\n => <total_tokens>14999436 tokens left</total_tokens>
                    You are X.<total_tokens>9 tokens left</total_tokens><total_tokens>8 tokens left</total_tokens>      ~ You are X. => <total_tokens>8 tokens left</total_tokens>
                    You are X.\\nCurrent date and time: Monday, March 9, 2026 at 06:00:31 PM PDT                        ~ You are X.\\n => Current date and time: Monday, March 9, 2026 at 06:00:31 PM PDT
                    Current date and time: Tuesday, June 9, 2026, 03:04:20 PM +03:00\\nYou are X.                       ~ You are X. => Current date and time: Tuesday, June 9, 2026, 03:04:20 PM +03:00
                    The current date and time is Thursday, September 17, 2026 3:04 PM.\\nYou are X.                     ~ You are X. => The current date and time is Thursday, September 17, 2026 3:04 PM.
                    - **Current time:** 2026-02-06 12:34:56 (Europe/Berlin)\\nYou are X.                                 ~ You are X. => - **Current time:** 2026-02-06 12:34:56 (Europe/Berlin)
                    Timestamp: 2026-02-06T12:34:56.123456Z\\nYou are X.                                                 ~ You are X. => Timestamp: 2026-02-06T12:34:56.123456Z
                    Session ID: fc9aab5b-da05-4cc7-bbe2-410a1c472151\\nYou are X.                                       ~ You are X. => Session ID: fc9aab5b-da05-4cc7-bbe2-410a1c472151
                    - CONVERSATION_ID: `conv-88966ec92cb4`\\nYou are X.                                                  ~ You are X. => - CONVERSATION_ID: `conv-88966ec92cb4`
                    Build main: #4711\\nYou are X.                                                                       ~ You are X. =>
                    Weather: rain\\nYou are X.                                                                          ~ You are X. => Weather: rain
                    """)
    void whatIsKnownIsTakenOut(String text, String expected) {
        assertThat(cleaned(ALL, text).strip()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "You are a helpful assistant.",
                "Today's date: 2026-02-06\\nYou are X.",
                "Current date: Friday, 6 February 2026",
                "<env>\\nWorking directory: /tmp\\nToday's date: 2026-02-06\\n</env>",
                "Current time zone: UTC+01:00, ask before you book anything at 12:30.",
                "Current time: 12:30. Always answer in English.",
                "Now at 12:30 we eat.",
                "Meet me at 12:30.",
                "You are X. The current time is 12:34:56.",
                "I wrote about x-anthropic-billing-header: cch=1; today.",
                "<total_tokens>many tokens left</total_tokens>",
                "<total_tokens>12 tokens left",
                "Session ID: none",
                "Session ID: the id that the user gives you, with 1234 digits",
                "The session id: fc9aab5b-da05-4cc7-bbe2-410a1c472151 is secret",
                "Weather report",
                "",
            })
    void whatIsNotKnownExactlyStays(String text) {
        assertThat(cleaned(ALL, text)).isEqualTo("untouched");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\u0000', textBlock = """
                    Current date and time: Monday, March 9, 2026 at 06:00:31 PM PDT\\nX   ~ Current date and time: Monday, March 9, 2026\\nX =>
                    The current date and time is Tuesday, June 9, 2026, 03:04 PM.\\nX     ~ The current date and time is Tuesday, June 9, 2026.\\nX =>
                    Timestamp: 2026-02-06T12:34:56+00:00\\nX                               ~ Timestamp: 2026-02-06\\nX =>
                    Current time: 23:59:01 UTC\\nX                                         ~ X =>
                    """)
    void aTimeCanBeCutToTheDay(String text, String expected) {
        assertThat(cleaned(Settings.DEFAULT.time("normalise"), text).strip()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1500,true", "1990,true", "2500,false", "5000,false", "7000,true"})
    void onlyTheEdgesOfALongTextAreLookedAt(int place, boolean found) {
        String line = "Current time: 12:34:56\n";
        String lines = "a sentence of ten words that says nothing new.\n".repeat(180);
        int start = lines.lastIndexOf('\n', place) + 1;
        String text = lines.substring(0, start) + line + lines.substring(start);
        assertThat(text.length()).isBetween(8000, 9000);
        assertThat(Cleaning.of(text, Rules.of(Settings.DEFAULT)).isPresent()).isEqualTo(found);
    }
}
