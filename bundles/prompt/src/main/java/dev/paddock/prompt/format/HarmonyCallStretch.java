package dev.paddock.prompt.format;

/** The text of a harmony message to a tool: the JSON object of its arguments. One thread. */
final class HarmonyCallStretch implements Stretch {
    private final HarmonyAnswer answer;
    private final String tool;
    private final StringBuilder written;
    private final JsonFollower json = new JsonFollower();
    private OpenCall call;

    /** @param written the header, as it stood */
    HarmonyCallStretch(HarmonyAnswer answer, String tool, StringBuilder written) {
        this.answer = answer;
        this.tool = tool;
        this.written = written;
    }

    @Override
    public Stretch read(Input in, Pieces out) {
        if (call == null) {
            written.append(in.take(in.blanks()));
            if (in.isEmpty() && !in.ended()) return this;
            if (!in.startsWith("{")) return noArguments(in, out);
            call = out.begin(tool);
        }
        StringBuilder more = new StringBuilder();
        while (!in.isEmpty() && !json.done()) {
            char c = in.at(0);
            String text = json.text(c);
            json.accept(c);
            if (json.failed()) break;
            more.append(text);
            written.append(in.next());
        }
        call.arguments(more.toString());
        if (json.done()) {
            call.complete(written);
            return answer.message();
        }
        if (!json.failed() && !in.ended()) return this;
        call.broken(written);
        return answer.rest(Kind.CONTENT);
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
