package dev.paddock.cli.run;

/** What the prompt says about itself. */
final class ReplHelp {
    private static final String ALL = """
            Available commands:
              /set NAME [VALUE]          Change how the model is asked; /? set
              /show info                 Also: license, modelfile, parameters, system, template
              /load MODEL                Go on with another model
              /save MODEL                Make a model of this one, of what is set and of what was said
              /list [PREFIX]             List the models that are there
              /clear                     Forget what was said
              /bye                       Leave (or Ctrl + d)
              /?, /help [TOPIC]          This text; topics: set, show, shortcuts

            Use \""" to begin and end a message of several lines. Ctrl + c stops an answer.
            A path such as ./photo.png in a message sends that image.
            """;

    private static final String SET = """
            Available commands:
              /set system TEXT           Replace the system message (\""" around several lines)
              /set parameter NAME VALUE  Set a parameter
              /set think [LEVEL]         Ask for thoughts (low, medium, high, max)
              /set nothink               Ask for none
              /set format json           Answers are JSON
              /set noformat              Answers are text
              /set verbose, /set quiet   Show times after each answer, or not
              /set wordwrap, nowordwrap  Break lines between words, or not
              /set history, nohistory    Keep what is typed for later sessions, or not
            """;

    private static final String SHOW = """
            Available commands:
              /show info                 What is known of the model
              /show license              Its licence
              /show modelfile            Its Modelfile
              /show parameters           Its parameters
              /show system               The system message
              /show template             Its template
            """;

    private static final String SHORTCUTS = """
            Available keys:
              Ctrl + a, Ctrl + e         Begin and end of the line
              Ctrl + b, Ctrl + f         A character back, a character on
              Alt + b, Alt + f           A word back, a word on
              Ctrl + k, Ctrl + u         Delete to the end, to the begin
              Ctrl + w                   Delete the word before
              Ctrl + l                   Clear the screen
              Up, Down                   What was typed before, in other sessions too
              Ctrl + r                   Search in it
              Tab                        Complete a command or the model to load
              Alt + Enter                A new line in the message
              Ctrl + c                   Stop the answer, forget the line
              Ctrl + d                   Leave
            """;

    private ReplHelp() {}

    static String about(String topic) {
        return switch (topic) {
            case "set", "/set" -> SET;
            case "show", "/show" -> SHOW;
            case "shortcuts" -> SHORTCUTS;
            default -> ALL;
        };
    }
}
