package dev.paddock.cli.run;

import dev.paddock.cli.server.Failure;
import dev.paddock.cli.server.Site;
import dev.paddock.cli.text.Screen;
import java.io.IOException;
import java.util.Map;

/**
 * A conversation at a prompt. A failure is told and the prompt comes back; only the end of input or {@code /bye} ends
 * it.
 */
public final class Repl {
    private final Site site;
    private final Conversation conversation;
    private final Prompt prompt;
    private final ReplCommands commands;

    public Repl(Site site, Conversation conversation, Prompt prompt) {
        this.site = site;
        this.conversation = conversation;
        this.prompt = prompt;
        this.commands = new ReplCommands(site, conversation);
    }

    /** Until the user leaves. */
    public void loop() {
        Order order = next();
        while (!(order instanceof Order.Bye)) {
            handle(order);
            order = next();
        }
    }

    private Order next() {
        try {
            String entry = prompt.entry();
            return entry == null ? new Order.Bye() : Order.parse(entry);
        } catch (IOException e) {
            throw new Failure("standard input cannot be read: " + e.getMessage());
        } catch (Failure e) {
            if (e.exitCode() != Failure.INTERRUPTED) throw e;
            site.say("Use Ctrl + d or /bye to exit.");
            return new Order.Nothing();
        }
    }

    private void handle(Order order) {
        try {
            if (order instanceof Order.Say say) answer(say.text());
            else commands.handle(order);
        } catch (Failure e) {
            if (e.exitCode() == Failure.INTERRUPTED) site.out().println();
            site.tell(e);
        }
        site.out().flush();
        site.err().flush();
    }

    private void answer(String text) {
        Manner manner = conversation.manner();
        var printer = new AnswerPrinter(
                site.out(),
                manner.thinkingHidden(),
                site.terminal().out(),
                manner.wrapped() && site.terminal().out() ? Screen.here().columns() : 0);
        Attachments message = Attachments.of(text);
        message.notes().forEach(site::say);
        Map<String, Object> last;
        // Only now: at the prompt Ctrl-C belongs to the line editor, which forgets who had it before.
        try (var _ = new Interrupt(conversation::hangUp)) {
            last = conversation.say(message, printer);
        } finally {
            printer.stopped();
        }
        site.out().println();
        site.out().println();
        if (manner.verbose()) site.say(Report.of(last));
    }
}
