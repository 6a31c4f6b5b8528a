/** Vectors of texts: inputs of many requests are put together, computed in a context of their own, and normalised. */
package dev.paddock.runner.embed;
