/** Who we are to a registry: challenges, tokens, credentials and the key. */
package dev.paddock.transfer.auth;
