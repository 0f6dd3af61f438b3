package dev.hearth.histories;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;

/** A row without a version, on a shelf that bulk statements sweep. */
@Entity
@Table(name = "note")
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
class Note {
    @Id
    Long id;

    @Column(nullable = false)
    String token;

    int shelf;

    protected Note() {}

    Note(long id, String token) {
        this.id = id;
        this.token = token;
        this.shelf = World.shelfOf(id);
    }

    /** As the database's record of writes puts it. */
    String state() {
        return token + "/" + shelf;
    }
}
