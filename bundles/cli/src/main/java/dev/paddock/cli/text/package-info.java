/** How figures, times and tables are written for people. */
package dev.paddock.cli.text;
