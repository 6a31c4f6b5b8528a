package dev.paddock.prompt.format;

import dev.paddock.api.prompt.OutputParser;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.prompt.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Feeds answers to parsers and writes what comes out in one line. */
final class Answers {
    private Answers() {}

    static List<OutputPiece> feed(OutputParser parser, List<String> pieces) {
        List<OutputPiece> out = new ArrayList<>();
        for (String piece : pieces) out.addAll(parser.accept(piece));
        out.addAll(parser.finish());
        return out;
    }

    /**
     * What an answer is, whatever pieces it came in: {@code [T]} a thought, {@code [C]} content, {@code [!]} a call with
     * its arguments as JSON, {@code [?]} a broken call with its name and text.
     */
    static String shown(List<OutputPiece> pieces) {
        StringBuilder all = new StringBuilder();
        String last = "";
        String name = "";
        for (var piece : pieces) {
            String kind = kind(piece);
            if (!kind.isEmpty() && (!kind.equals(last) || !kind.equals("[T]") && !kind.equals("[C]"))) all.append(kind);
            if (!kind.isEmpty()) last = kind;
            if (piece instanceof OutputPiece.CallBegun begun) name = begun.name();
            all.append(text(piece, name));
        }
        return all.toString();
    }

    private static String kind(OutputPiece piece) {
        return switch (piece) {
            case OutputPiece.Thinking thought -> "[T]";
            case OutputPiece.Content content -> "[C]";
            case OutputPiece.Call call -> "[!]";
            case OutputPiece.CallBroken broken -> "[?]";
            default -> "";
        };
    }

    private static String text(OutputPiece piece, String name) {
        return switch (piece) {
            case OutputPiece.Thinking thought -> thought.text();
            case OutputPiece.Content content -> content.text();
            case OutputPiece.Call call ->
                call.call().name() + JsonText.of(call.call().arguments());
            case OutputPiece.CallBroken broken -> name + " " + broken.text();
            default -> "";
        };
    }

    /** Everything that came out, run together: what the model said must be in it. */
    static String words(List<OutputPiece> pieces) {
        StringBuilder all = new StringBuilder();
        for (var piece : pieces) {
            all.append(
                    switch (piece) {
                        case OutputPiece.Thinking thought -> thought.text();
                        case OutputPiece.Content content -> content.text();
                        case OutputPiece.CallBegun begun -> begun.id();
                        case OutputPiece.CallArguments more -> more.json();
                        case OutputPiece.CallBroken broken -> broken.text();
                        default -> "";
                    });
        }
        return all.toString();
    }

    /** Fails unless pieces keep to the rules of {@link OutputPiece}. */
    static void checkRules(List<OutputPiece> pieces) {
        PieceRules.check(pieces);
    }

    /** Cuts a text into pieces of whole characters. */
    static List<String> cut(String text, Random random, int most) {
        List<String> pieces = new ArrayList<>();
        for (int from = 0; from < text.length(); ) {
            int count = 1 + random.nextInt(most);
            int to = from;
            while (count-- > 0 && to < text.length()) to += Character.charCount(text.codePointAt(to));
            pieces.add(text.substring(from, to));
            from = to;
        }
        return pieces;
    }
}
