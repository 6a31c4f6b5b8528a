/** Regular languages over characters: patterns, words and decimal numbers as finite automata. */
package dev.paddock.prompt.grammar.regular;
