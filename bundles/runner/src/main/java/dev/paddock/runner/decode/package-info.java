/**
 * The decode loop: many requests, one context, one thread. What goes into a batch, what is a whole character and what
 * may be the beginning of a stop text are decided in classes that know no native code.
 */
package dev.paddock.runner.decode;
