/** The Gemini API: routes, JSON to records and back, errors in that API's own form. */
package dev.paddock.dialect.gemini;
