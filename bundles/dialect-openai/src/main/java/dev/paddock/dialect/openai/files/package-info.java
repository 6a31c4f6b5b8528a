/** Files of clients, kept in the server's home: {@code /v1/files}. */
package dev.paddock.dialect.openai.files;
