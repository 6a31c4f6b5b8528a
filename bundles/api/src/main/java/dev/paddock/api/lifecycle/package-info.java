/** Whether the server takes work, and how it stops taking it. */
@Export
@Version("1.0.0")
package dev.paddock.api.lifecycle;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
