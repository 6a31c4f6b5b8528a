/** JSON as models and templates write and read it: small, strict, bounded, without a library. */
package dev.paddock.prompt.json;
