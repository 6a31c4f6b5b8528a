/** Conversations: {@code /v1/chat/completions}. */
package dev.paddock.dialect.openai.chat;
