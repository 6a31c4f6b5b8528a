/** Content and manifests: what models on disk consist of, for those who bring, make and tidy up models. */
@Export
@Version("1.0.0")
package dev.paddock.api.store;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
