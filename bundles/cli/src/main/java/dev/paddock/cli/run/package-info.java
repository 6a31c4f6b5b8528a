/** A conversation with a model: one answer, or many at a prompt. */
package dev.paddock.cli.run;
