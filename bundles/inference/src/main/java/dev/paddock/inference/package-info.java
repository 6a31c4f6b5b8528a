/** One request, from the model's name to the last event: resolve, lease, render, fit the window, generate, parse. */
package dev.paddock.inference;
