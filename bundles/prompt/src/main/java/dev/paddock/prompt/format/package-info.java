/**
 * How families of models write their answers: a parser that is told by marks, and one {@code ChatFormat} for each family.
 */
package dev.paddock.prompt.format;
