/** Stand-ins for the engine and the store that tests script, and the contract that every engine keeps. */
package dev.paddock.testkit;
