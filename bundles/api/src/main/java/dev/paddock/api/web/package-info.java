/** What the HTTP edge tells a dialect about the request it is answering. */
@Export
@Version("1.0.0")
package dev.paddock.api.web;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
