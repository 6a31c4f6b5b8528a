/** Grammars that answers keep to: parts of GBNF, and JSON Schema written as GBNF. */
package dev.paddock.prompt.grammar;
