package dev.hearth.histories;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;

/** A versioned row with a natural id that changes hands. */
@Entity
@Table(name = "account")
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
@NaturalIdCache
class Account {
    @Id
    Long id;

    @Version
    long version;

    @Column(nullable = false)
    String token;

    @NaturalId(mutable = true)
    @Column(nullable = false)
    String code;

    protected Account() {}

    Account(long id, String token, String code) {
        this.id = id;
        this.token = token;
        this.code = code;
    }

    /** As the database's record of writes puts it. */
    String state() {
        return token + "/" + code + "/" + version;
    }
}
