package dev.hearth.histories;

import jakarta.persistence.Cacheable;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.HashSet;
import java.util.Set;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;

/** A versioned row with a cached collection of other rows, and one that it owns. */
@Entity
@Table(name = "folder")
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
class Folder {
    static final String LEAVES = Folder.class.getName() + ".leaves";
    static final String TAGS = Folder.class.getName() + ".tags";

    @Id
    Long id;

    @Version
    long version;

    @Column(nullable = false)
    String token;

    @OneToMany(mappedBy = "folder")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    Set<Leaf> leaves = new HashSet<>();

    @ElementCollection
    @CollectionTable(name = "folder_tag", joinColumns = @JoinColumn(name = "folder_id"))
    @Column(name = "tag")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    Set<String> tags = new HashSet<>();

    protected Folder() {}

    Folder(long id, String token) {
        this.id = id;
        this.token = token;
    }

    /** As the database's record of writes puts it. */
    String state() {
        return token + "/" + version;
    }
}
