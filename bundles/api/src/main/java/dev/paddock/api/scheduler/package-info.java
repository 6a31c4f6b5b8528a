/** Who runs when, where and for how long: leases on loaded models. */
@Export
@Version("1.0.0")
package dev.paddock.api.scheduler;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
