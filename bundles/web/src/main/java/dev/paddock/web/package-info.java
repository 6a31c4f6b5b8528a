/** The edge for all HTTP: request id, Host and Origin checks, body limits, disconnects, error form, access log. */
package dev.paddock.web;
