/** A bounds-checked reader and a streaming writer of GGUF files. */
@Export
@Version("1.0.0")
package dev.paddock.gguf;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
