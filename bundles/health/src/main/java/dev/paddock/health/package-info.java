/** Liveness and readiness over HTTP. */
package dev.paddock.health;
