/** Models made of others and of files: imported, converted, quantized, changed. */
package dev.paddock.modelfile;
