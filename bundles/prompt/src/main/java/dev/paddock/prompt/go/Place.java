package dev.paddock.prompt.go;

/**
 * A place in a template.
 *
 * @param line from 1
 * @param column in characters, from 1
 */
public record Place(int line, int column) {
    static Place of(String source, int index) {
        int line = 1;
        int start = 0;
        int end = Math.min(index, source.length());
        for (int i = 0; i < end; i++) {
            if (source.charAt(i) == '\n') {
                line++;
                start = i + 1;
            }
        }
        return new Place(line, source.codePointCount(start, end) + 1);
    }

    @Override
    public String toString() {
        return "line " + line + ", column " + column;
    }
}
