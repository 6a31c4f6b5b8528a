/** Models from registries and archives, and there: parallel, resumable, verified. */
package dev.paddock.transfer;
