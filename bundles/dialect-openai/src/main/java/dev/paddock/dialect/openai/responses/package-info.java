/** The Responses API: {@code /v1/responses}. */
package dev.paddock.dialect.openai.responses;
