/** Decisions that the server took, each with its reason and its numbers. */
@Export
@Version("1.0.0")
package dev.paddock.api.explain;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
