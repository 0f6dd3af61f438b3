package dev.hearth.hibernate;

import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderColumn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;

/** Entities with cached collections of entities that are not cached, on both sides of a join table, and of values. */
final class Library {
    static final Class<?>[] ENTITIES = {Shelf.class, Volume.class, Atlas.class, Article.class, Tag.class, Poster.class};

    private Library() {}

    /** Cached, with a cached collection of volumes, which are not cached. */
    @Entity(name = "Shelf")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class Shelf {
        @Id
        Long id;

        @OneToMany(mappedBy = "shelf")
        @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
        Set<Volume> volumes = new HashSet<>();

        protected Shelf() {}

        Shelf(long id) {
            this.id = id;
        }
    }

    /** Not cached. */
    @Entity(name = "Volume")
    static class Volume {
        @Id
        Long id;

        String title;

        @ManyToOne(fetch = FetchType.LAZY)
        Shelf shelf;

        protected Volume() {}

        Volume(long id, String title, Shelf shelf) {
            this.id = id;
            this.title = title;
            this.shelf = shelf;
        }
    }

    @Entity(name = "Atlas")
    static class Atlas extends Volume {
        protected Atlas() {}

        Atlas(long id, String title, Shelf shelf) {
            super(id, title, shelf);
        }
    }

    /** Cached, owns its tags and its keywords. */
    @Entity(name = "Article")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class Article {
        @Id
        Long id;

        String title = "News";

        @ManyToMany
        @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
        Set<Tag> tags = new HashSet<>();

        @ElementCollection
        @OrderColumn
        @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
        List<String> keywords = new ArrayList<>();

        protected Article() {}

        Article(long id) {
            this.id = id;
        }
    }

    /** Cached, with the other side of the articles' tags cached too. */
    @Entity(name = "Tag")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class Tag {
        @Id
        Long id;

        @ManyToMany(mappedBy = "tags")
        @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
        Set<Article> articles = new HashSet<>();

        protected Tag() {}

        Tag(long id) {
            this.id = id;
        }
    }

    /** Not cached, and in no collection. */
    @Entity(name = "Poster")
    static class Poster {
        @Id
        Long id;

        String title = "One";

        protected Poster() {}

        Poster(long id) {
            this.id = id;
        }
    }
}
