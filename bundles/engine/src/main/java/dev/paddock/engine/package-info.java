/** Host side of runners: assembles their files, starts, watches, feeds and stops them. */
package dev.paddock.engine;
