/** An example: the smallest dialect. */
package dev.paddock.examples.hello;
