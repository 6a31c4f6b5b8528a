/** Many requests in a file, answered while nobody else wants the models: {@code /v1/batches}. */
package dev.paddock.dialect.openai.batches;
