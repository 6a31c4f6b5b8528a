package dev.paddock.dialect.kit;

/** The grammar of an answer that is one JSON object: RFC 8259, white space and the digits of numbers bounded. */
public final class JsonGrammar {
    /**
     * GBNF with the rule {@code root}. A model that may write white space without end does so sooner or later, so there
     * is at most one line break with 20 blanks at a place.
     */
    public static final String TEXT = """
            root   ::= object
            object ::= "{" ws ( member ( "," ws member )* )? "}"
            member ::= string ws ":" ws value ws
            array  ::= "[" ws ( item ( "," ws item )* )? "]"
            item   ::= value ws
            value  ::= object | array | string | number | "true" | "false" | "null"
            string ::= "\\"" char* "\\""
            char   ::= [^"\\\\\\x7F\\x00-\\x1F] | "\\\\" ( ["\\\\/bfnrt] | "u" [0-9a-fA-F]{4} )
            number ::= "-"? ( "0" | [1-9] [0-9]{0,15} ) ( "." [0-9]{1,16} )? ( [eE] [-+]? [0-9]{1,3} )?
            ws     ::= | " " | "\\n" [ \\t]{0,20}
            """;

    private JsonGrammar() {}
}
