/** Tokenizers: from the makers' files to what llama.cpp reads, so that both split texts alike. */
package dev.paddock.modelfile.convert.vocab;
