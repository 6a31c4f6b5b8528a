package dev.paddock.api.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/** On a servlet component: everybody may ask it, without a key. For probes and pages that hold nothing. */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface OpenToAll {
    /** Before the name of the service property. */
    String PREFIX_ = "dev.paddock.";

    /** The service property, which is true. */
    String PROPERTY = "dev.paddock.open.to.all";
}
