/** What an operator sees and changes while the server runs: backends and memory. */
package dev.paddock.operator;
