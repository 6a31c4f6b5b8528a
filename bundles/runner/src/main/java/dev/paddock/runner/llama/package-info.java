/**
 * llama.cpp by java.lang.foreign: one class per native library with the C signature above each descriptor, and small
 * owners of native objects above them. Every count and token is checked here, because a wrong one ends the process.
 */
package dev.paddock.runner.llama;
