/** A blocking HTTP/1.1 client of the size a command line needs, and JSON as plain maps. */
package dev.paddock.cli.http;
