package dev.hearth.encoding;

import org.hibernate.MappingException;

/** An attribute of a cached role whose values cannot be encoded safely. Says which attribute, why, and what to do about it. */
public final class UnencodableAttributeException extends MappingException {
    private static final long serialVersionUID = 1L;

    UnencodableAttributeException(String attribute, String reason) {
        super(attribute + " cannot be cached: " + reason);
    }
}
