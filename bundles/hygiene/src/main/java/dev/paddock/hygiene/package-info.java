/** Keeps the beginnings of agents' prompts the same from request to request. */
package dev.paddock.hygiene;
