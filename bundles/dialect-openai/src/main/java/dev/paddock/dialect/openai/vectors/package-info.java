/** Vectors and scores: {@code /v1/embeddings} and {@code /v1/rerank}. */
package dev.paddock.dialect.openai.vectors;
