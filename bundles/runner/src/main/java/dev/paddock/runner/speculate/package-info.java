/** Speculation: guesses of the tokens that follow, which the model then checks in one batch. */
package dev.paddock.runner.speculate;
