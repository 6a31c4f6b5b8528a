package dev.paddock.itest.conformance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Whose contract a test class runs: a row of the clients in {@code docs/conformance.md}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface RealClient {
    /** As its users find it: {@code group:artifact} of Maven, or the name of an npm package. */
    String value();

    /** How it asks for answers. */
    Api api();

    /** How it asks for vectors; the same as {@link #api} where it cannot. */
    Api vectors();

    /** What its API has no words for. */
    Trait[] absent() default {};

    /** Why, a part of a sentence; to be told where something is absent. */
    String because() default "";
}
