/** Where the server listens besides its main address, and how much of it each client may take. */
package dev.paddock.listeners;
