/** HTTP to strangers: which addresses, by which way, how fast and how long. */
package dev.paddock.transfer.net;
