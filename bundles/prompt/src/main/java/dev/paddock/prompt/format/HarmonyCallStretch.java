package dev.paddock.prompt.format;

/** The text of a harmony message to a tool: its arguments as JSON. Anything else is text, header and all. One thread. */
final class HarmonyCallStretch implements Stretch {
    private final HarmonyAnswer answer;
    private final String tool;
    private final StringBuilder written;
    private ArgumentsReader arguments;

    /** @param written the header, as it stood */
    HarmonyCallStretch(HarmonyAnswer answer, String tool, StringBuilder written) {
        this.answer = answer;
        this.tool = tool;
        this.written = written;
    }

    @Override
    public Stretch read(Input in, Pieces out) {
        if (arguments == null) {
            written.append(in.take(in.blanks()));
            if (in.isEmpty() && !in.ended()) return this;
            if (!in.startsWith("{") && !in.startsWith("\"")) return noArguments(in, out);
            arguments = new ArgumentsReader(out.begin(tool), written);
        }
        return arguments.read(in) ? answer.message() : this;
    }

    private Stretch noArguments(Input in, Pieces out) {
        for (String end : HarmonyAnswer.ENDS) {
            if (in.mayStartWith(end, 0)) return this;
            if (in.startsWith(end)) {
                answer.call(tool, written, out);
                return answer.message();
            }
        }
        return answer.text(Kind.CONTENT, written.toString(), out);
    }
}
