package dev.paddock.dialect.kit;

import dev.paddock.api.prompt.ToolCall;

/**
 * A call that is complete.
 *
 * @param index of the call in the answer, from 0
 * @param call what is to be called
 * @param arguments their JSON text as it was streamed
 */
public record WholeCall(int index, ToolCall call, String arguments) {}
