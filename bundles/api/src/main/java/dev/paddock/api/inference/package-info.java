/** One request to a model and the stream of events that answers it; what every dialect calls. */
@Export
@Version("1.0.0")
package dev.paddock.api.inference;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
