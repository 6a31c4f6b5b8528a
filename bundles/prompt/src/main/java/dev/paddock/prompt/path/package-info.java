/** Decides how a model is prompted. */
package dev.paddock.prompt.path;
