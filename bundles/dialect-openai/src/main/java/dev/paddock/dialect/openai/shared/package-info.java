/** What several routes have in common. */
package dev.paddock.dialect.openai.shared;
