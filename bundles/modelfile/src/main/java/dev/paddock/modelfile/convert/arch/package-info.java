/** The architectures that can be converted: what llama.cpp calls their settings and tensors. */
package dev.paddock.modelfile.convert.arch;
