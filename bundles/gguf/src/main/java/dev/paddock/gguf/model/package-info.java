/** What a GGUF file holds, judged by its header: which kind, in which layout, and whether llama.cpp may see it. Pure. */
@Export
@Version("1.0.0")
package dev.paddock.gguf.model;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
