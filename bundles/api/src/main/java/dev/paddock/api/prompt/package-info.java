/** From messages to prompt text and from output text back to messages. */
@Export
@Version("1.0.0")
package dev.paddock.api.prompt;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
