/** How the next token of an answer is chosen: samplers, probabilities, grammars, and what an order may ask for. */
package dev.paddock.runner.sampling;
