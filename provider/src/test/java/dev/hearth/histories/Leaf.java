package dev.hearth.histories;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.proxy.HibernateProxy;
import org.hibernate.proxy.LazyInitializer;

/** A row without a version that moves between folders. */
@Entity
@Table(name = "leaf")
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
class Leaf {
    @Id
    Long id;

    @Column(nullable = false)
    String token;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    Folder folder;

    protected Leaf() {}

    Leaf(long id, String token, Folder folder) {
        this.id = id;
        this.token = token;
        this.folder = folder;
    }

    /** The folder's id, without loading the folder. */
    long folderId() {
        LazyInitializer proxy = HibernateProxy.extractLazyInitializer(folder);
        return proxy == null ? folder.id : (Long) proxy.getIdentifier();
    }

    /** As the database's record of writes puts it. */
    String state() {
        return token + "/" + folderId();
    }
}
