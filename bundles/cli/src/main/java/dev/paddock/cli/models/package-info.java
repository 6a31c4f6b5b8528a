/** Models on the server's disk: fetching, keeping in order, packing into files; and following what takes long. */
package dev.paddock.cli.models;
