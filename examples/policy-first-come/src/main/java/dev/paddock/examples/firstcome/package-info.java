/** A scheduling policy to copy: the simplest there is. */
package dev.paddock.examples.firstcome;
