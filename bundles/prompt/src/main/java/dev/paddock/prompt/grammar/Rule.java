package dev.paddock.prompt.grammar;

/** A rule of a grammar in the making; its right side may come later, so that rules can mention each other. */
final class Rule {
    /** What its name begins with. */
    final String hint;

    private Part body;

    Rule(String hint) {
        this.hint = hint;
    }

    /** A rule whose right side is known. */
    Rule(String hint, Part body) {
        this.hint = hint;
        this.body = body;
    }

    /** Says what the rule is; once. */
    void is(Part part) {
        body = part;
    }

    /** Its right side. */
    Part body() {
        return body;
    }
}
