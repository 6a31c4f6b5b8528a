/** A model as one file: a tar file in OCI's image layout. */
package dev.paddock.transfer.archive;
