/** Modelfiles: their grammar, and the request that makes a model of one. */
package dev.paddock.cli.modelfile;
