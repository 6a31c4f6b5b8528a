/** Texts to be continued as they are: {@code /v1/completions}. */
package dev.paddock.dialect.openai.completions;
