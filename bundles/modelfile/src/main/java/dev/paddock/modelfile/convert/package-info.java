/** From a safetensors model, as its makers publish it, to one GGUF file. */
package dev.paddock.modelfile.convert;
