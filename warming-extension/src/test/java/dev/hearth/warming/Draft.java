package dev.hearth.warming;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** An entity that is not cached. */
@Entity
@SuppressWarnings("unused")
public class Draft {
    @Id
    private Long id;

    private String text;
}
