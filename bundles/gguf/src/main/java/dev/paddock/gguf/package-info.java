/** A bounds-checked reader, a streaming writer and streaming copies of GGUF files. */
@Export
@Version("1.1.0")
package dev.paddock.gguf;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
