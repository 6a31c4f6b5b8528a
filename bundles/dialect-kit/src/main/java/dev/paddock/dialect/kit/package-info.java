/** What every HTTP dialect needs: bounded bodies, JSON, NDJSON and SSE writers, and the drain of running answers. */
package dev.paddock.dialect.kit;
