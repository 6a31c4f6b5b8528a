/** What users of services that come and go share. */
@Export
@Version("1.0.0")
package dev.paddock.api.service;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
