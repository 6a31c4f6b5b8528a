/** Decides which models are loaded and who may use them: a pure core that decides and a shell that does. */
package dev.paddock.scheduler;
