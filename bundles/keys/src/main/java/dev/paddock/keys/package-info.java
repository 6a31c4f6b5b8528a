/** API keys: made, kept as hashes, checked and counted. */
package dev.paddock.keys;
