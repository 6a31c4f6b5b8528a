/** A bounds-checked reader of safetensors headers; tensor data stays in the file. */
package dev.paddock.modelfile.safetensors;
