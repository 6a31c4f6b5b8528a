/** Configuration with the source of each value; what all our processes read alike: environment, addresses, times. */
@Export
@Version("1.2.0")
package dev.paddock.api.settings;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
