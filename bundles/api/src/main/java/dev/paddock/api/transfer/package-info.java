/** Models that come from elsewhere and go there: registries and archives. */
@Export
@Version("1.0.0")
package dev.paddock.api.transfer;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
