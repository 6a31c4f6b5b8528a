/** {@code paddock doctor}: what works on this machine, a line for each step. */
package dev.paddock.cli.doctor;
