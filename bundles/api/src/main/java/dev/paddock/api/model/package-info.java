/** Models on disk: names, digests, details and the store that keeps them. */
@Export
@Version("1.0.0")
package dev.paddock.api.model;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
