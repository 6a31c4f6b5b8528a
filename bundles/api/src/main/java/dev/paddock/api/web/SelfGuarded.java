package dev.paddock.api.web;

/**
 * A servlet that asks {@link Exchange#require} or {@link Exchange#requireKnown} before it does anything, so that a refusal
 * comes in the form of its own API. The edge lets only admins reach a servlet that neither is one of these nor is {@link
 * OpenToAll}.
 */
public interface SelfGuarded {}
