package dev.paddock.web;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.security.Identity;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Who sends a request.
 *
 * @param identity who it is, as far as that is known
 * @param address of the peer
 * @param local whether it is on this machine, and not behind a proxy that says that it is one
 * @param refusal why it is not served where one must be known; empty when it is
 */
record Caller(Identity identity, InetAddress address, boolean local, Optional<PaddockException> refusal) {}
