/** How the server's work is watched: whoever counts, draws or traces it brings an {@link dev.paddock.api.observe.Observer}. */
@Export
@Version("1.0.0")
package dev.paddock.api.observe;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
