/** Who is asking. */
@Export
@Version("1.0.0")
package dev.paddock.api.security;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
