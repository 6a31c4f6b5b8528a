/** API keys: made, shown, ended. */
package dev.paddock.cli.key;
