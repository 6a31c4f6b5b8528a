/** From messages to prompt text, and from output text back to content, thoughts and tool calls. */
package dev.paddock.prompt;
