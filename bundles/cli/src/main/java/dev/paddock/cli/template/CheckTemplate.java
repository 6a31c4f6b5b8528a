package dev.paddock.cli.template;

import dev.paddock.cli.run.AnswerPrinter;
import dev.paddock.cli.server.Failure;
import dev.paddock.cli.server.Site;
import dev.paddock.prompt.go.GoTemplateException;
import dev.paddock.prompt.jinja.TemplateException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Parses a template, and says what was found in it. */
@Command(
        name = "check",
        description = "Parse a template and say what is in it; exit code 1 when it is wrong, with line and column.")
final class CheckTemplate implements Callable<Integer> {
    private final Site site;

    @Parameters(paramLabel = "FILE", description = "The template; - is standard input.")
    private String file;

    @Option(names = "--kind", paramLabel = "KIND", description = "jinja or go; by default it is guessed.")
    private String kind;

    CheckTemplate(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        Optional<Kind> asked = Optional.ofNullable(kind).map(CheckTemplate::kind);
        InputFile input = new InputFile(file);
        String text = input.text(site);
        Kind.Guess guess =
                asked.map(known -> new Kind.Guess(known, "as --kind says")).orElseGet(() -> Kind.guess(text));
        Findings findings = findings(input, guess, text);
        site.out().println(input.display() + ": " + guess.kind().display() + " (" + guess.why() + ")");
        findings.lines().forEach((name, value) -> site.out().println(String.format("  %-18s %s", name, shown(value))));
        return 0;
    }

    private static Kind kind(String word) {
        for (Kind known : Kind.values()) {
            if (known.word().equals(word.toLowerCase(Locale.ROOT))) return known;
        }
        throw new Failure(Failure.USAGE, "--kind is jinja or go, not " + word);
    }

    private static Findings findings(InputFile input, Kind.Guess guess, String text) {
        try {
            return Findings.of(guess.kind(), text);
        } catch (TemplateException | GoTemplateException e) {
            throw new Failure(input.display() + ", read as " + guess.kind().display() + " (" + guess.why() + "): "
                    + e.getMessage());
        }
    }

    /** Whoever made the template wrote it: terminals get it without what steers them. */
    private String shown(String text) {
        return site.terminal().out() ? AnswerPrinter.harmless(text) : text;
    }
}
