/** What the server decided and why: remembered, logged, and told over HTTP. */
package dev.paddock.explain;
