/** The installed backends: what a probe saw of each, which version of one is used, and why another is not. */
package dev.paddock.engine.backend;
