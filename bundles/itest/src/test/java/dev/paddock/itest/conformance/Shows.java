package dev.paddock.itest.conformance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a test shows of an API: its name and result stand in those cells of {@code docs/conformance.md}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(Shows.All.class)
public @interface Shows {
    /** The row. */
    Api api();

    /** The columns. */
    Trait[] value();

    /** Several rows. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface All {
        Shows[] value();
    }
}
