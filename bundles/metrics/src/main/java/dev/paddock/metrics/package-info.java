/** What the server does now, and what it has done: as JSON, as Prometheus text, and as events of the flight recorder. */
package dev.paddock.metrics;
