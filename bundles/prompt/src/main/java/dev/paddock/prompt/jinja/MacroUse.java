package dev.paddock.prompt.jinja;

/** Notes, while a macro's body is parsed, which of Jinja's implicit variables it names. */
final class MacroUse {
    private boolean caller;
    private boolean varargs;
    private boolean kwargs;

    void named(String name) {
        switch (name) {
            case "caller" -> caller = true;
            case "varargs" -> varargs = true;
            case "kwargs" -> kwargs = true;
            default -> {}
        }
    }

    Statement.Implicit implicit() {
        return new Statement.Implicit(caller, varargs, kwargs);
    }
}
