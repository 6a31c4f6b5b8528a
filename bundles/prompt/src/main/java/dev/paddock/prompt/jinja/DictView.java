package dev.paddock.prompt.jinja;

import java.util.Collection;

/**
 * What {@code keys()}, {@code values()} and {@code items()} of a dict give.
 *
 * @param kind one of these words
 * @param content what it shows
 */
record DictView(String kind, Collection<?> content) {}
