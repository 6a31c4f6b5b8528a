/** The catalogue of faults a client can see, and the one exception that carries them. */
@Export
@Version("1.0.0")
package dev.paddock.api.fault;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
