/** {@code paddock completion}: scripts that let a shell complete the commands, their options and names of models. */
package dev.paddock.cli.completion;
