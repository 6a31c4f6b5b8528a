/**
 * Loaded models and generations: the seam between the server and the runner processes, and the backends they run on.
 */
@Export
@Version("1.0.0")
package dev.paddock.api.engine;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
