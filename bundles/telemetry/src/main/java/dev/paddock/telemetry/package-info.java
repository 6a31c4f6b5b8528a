/** Traces of requests, sent to an OpenTelemetry collector. */
package dev.paddock.telemetry;
