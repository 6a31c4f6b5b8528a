package dev.paddock.prompt.jinja;

/**
 * A place in a template.
 *
 * @param line from 1
 * @param column in characters, from 1
 */
public record Place(int line, int column) {
    @Override
    public String toString() {
        return "line " + line + ", column " + column;
    }
}
