package dev.hearth.warming;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.OneToMany;
import jakarta.persistence.QueryHint;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;

/** An entity that declares what to warm of it. */
@Entity
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
@NaturalIdCache
@NamedQuery(
        name = "Novel.longerThan",
        query = "from Novel n where n.pages > :pages and n.title <> :title",
        hints = @QueryHint(name = "org.hibernate.cacheable", value = "true"))
@NamedQuery(name = "Novel.uncached", query = "from Novel n")
@Warm(
        priority = Priority.CRITICAL,
        where = "e.pages > :pages",
        parameters = "pages=100",
        orderBy = {"title", "pages desc"},
        limit = 1000,
        collections = "sequels",
        naturalIds = true,
        every = "15m")
@Warm(name = "thick", where = "e.pages > 900", on = Trigger.CLEARED)
@WarmQuery(
        value = "Novel.longerThan",
        parameters = {"pages=10&title=Emma", "pages=20&title=War+%26+Peace"},
        cron = "0 3 * * *")
@WarmQuery(value = "Novel.longerThan", name = "supplied", supplier = Novel.Lengths.class)
@SuppressWarnings("unused")
public class Novel {
    @Id
    private Long id;

    @NaturalId
    private String title;

    private int pages;

    @OneToMany
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    private Set<Novel> sequels = new HashSet<>();

    @OneToMany
    private Set<Novel> imitations = new HashSet<>();

    protected Novel() {}

    Novel(long id, String title, int pages) {
        this.id = id;
        this.title = title;
        this.pages = pages;
    }

    /** What to warm, asked for at each run. */
    public static final class Lengths implements Supplier<List<Map<String, Object>>> {
        @Override
        public List<Map<String, Object>> get() {
            return List.of(Map.of("pages", 500, "title", ""));
        }
    }
}
