/** The child process of Paddock: one model, one context, one socket to the server that started it. */
package dev.paddock.runner;
