/** JSON from files and registries, bounded. Copied privately into the bundles that read it. */
package dev.paddock.json;
