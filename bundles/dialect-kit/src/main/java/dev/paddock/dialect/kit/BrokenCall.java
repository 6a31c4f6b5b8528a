package dev.paddock.dialect.kit;

/**
 * A call that the limit of an answer cut off, and nothing came after it.
 *
 * @param index of the call in the answer, from 0
 * @param id unique in the answer
 * @param name the tool's name
 * @param arguments the beginning of their JSON text; may be empty
 * @param text all that the model wrote of the call, marks included
 */
public record BrokenCall(int index, String id, String name, String arguments, String text) {}
