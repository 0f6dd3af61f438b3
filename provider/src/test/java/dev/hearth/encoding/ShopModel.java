package dev.hearth.encoding;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Cacheable;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.DiscriminatorValue;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Version;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hibernate.annotations.Any;
import org.hibernate.annotations.AnyDiscriminatorValue;
import org.hibernate.annotations.AnyKeyJavaClass;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.CollectionId;
import org.hibernate.annotations.CollectionIdJavaClass;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;
import org.hibernate.annotations.SortNatural;

/** A small shop that uses the mappings whose disassembled forms differ from their values. */
final class ShopModel {
    static final Class<?>[] ENTITIES = {Party.class, Person.class, Firm.class, Depot.class, Part.class, Purchase.class};

    private ShopModel() {}

    /** Immutable, so Hibernate keeps the object itself in the cache. */
    @Immutable
    record Money(BigDecimal amount, Currency currency) implements Serializable {}

    static final class MoneyConverter implements AttributeConverter<Money, String> {
        @Override
        public String convertToDatabaseColumn(Money money) {
            return money == null ? null : money.amount() + " " + money.currency();
        }

        @Override
        public Money convertToEntityAttribute(String text) {
            if (text == null) {
                return null;
            }
            List<String> parts = List.of(text.split(" ", 2));
            return new Money(new BigDecimal(parts.get(0)), Currency.getInstance(parts.get(1)));
        }
    }

    /** Immutable, without a constructor that could be called without arguments. */
    @Immutable
    static final class Weight implements Serializable {
        private final double grams;
        private final List<String> notes;

        Weight(double grams, List<String> notes) {
            this.grams = grams;
            this.notes = notes;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Weight that && that.grams == grams && that.notes.equals(notes);
        }

        @Override
        public int hashCode() {
            return Objects.hash(grams, notes);
        }
    }

    static final class WeightConverter implements AttributeConverter<Weight, String> {
        @Override
        public String convertToDatabaseColumn(Weight weight) {
            return weight == null ? null : weight.grams + ";" + String.join(";", weight.notes);
        }

        @Override
        public Weight convertToEntityAttribute(String text) {
            if (text == null) {
                return null;
            }
            List<String> parts = List.of(text.split(";", -1));
            return new Weight(
                    Double.parseDouble(parts.get(0)),
                    parts.subList(1, parts.size()).stream().toList());
        }
    }

    /** Mutable, so Hibernate keeps the converted form: nothing in it needs to be encodable. */
    static final class Options {
        Thread.UncaughtExceptionHandler handler;
        String text = "";

        @Override
        public boolean equals(Object other) {
            return other instanceof Options that && that.text.equals(text);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }
    }

    static final class OptionsConverter implements AttributeConverter<Options, String> {
        @Override
        public String convertToDatabaseColumn(Options options) {
            return options == null ? null : options.text;
        }

        @Override
        public Options convertToEntityAttribute(String text) {
            Options options = new Options();
            options.text = text;
            return text == null ? null : options;
        }
    }

    /** Kept as a serialized blob in the database, and as an object of its own class in the cache. */
    static class Preferences implements Serializable {
        protected Map<String, Integer> counts = new HashMap<>();
        transient int uncounted = 7;

        @Override
        public boolean equals(Object other) {
            return other instanceof Preferences that && that.counts.equals(counts);
        }

        @Override
        public int hashCode() {
            return counts.hashCode();
        }
    }

    @Embeddable
    record City(String name, String zip) {}

    @Embeddable
    static class Address {
        String street;

        @Embedded
        City city;

        @ManyToOne
        Depot nearest;
    }

    @Embeddable
    record DepotId(String country, int number) implements Serializable {}

    @Entity
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE)
    static class Depot {
        @EmbeddedId
        DepotId id;

        @NaturalId
        @Column(unique = true)
        String code;

        @OneToMany
        @JoinColumn(name = "depot_country", referencedColumnName = "country", nullable = false)
        @JoinColumn(name = "depot_number", referencedColumnName = "number", nullable = false)
        @OrderColumn(name = "place", nullable = false)
        @Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE)
        List<Part> parts = new ArrayList<>();
    }

    record PartId(String maker, long number) implements Serializable {}

    @Entity
    @IdClass(PartId.class)
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE)
    @NaturalIdCache
    static class Part {
        @Id
        String maker;

        @Id
        long number;

        @NaturalId
        String name;
    }

    @Entity
    @Inheritance(strategy = InheritanceType.SINGLE_TABLE)
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE)
    @NaturalIdCache
    abstract static class Party {
        @Id
        @GeneratedValue
        Long id;

        @Version
        Integer version;

        @NaturalId
        String email;

        @OneToOne(mappedBy = "buyer")
        Purchase latest;
    }

    @Entity
    @DiscriminatorValue("P")
    static class Person extends Party {
        LocalDate born;

        Preferences preferences;
    }

    @Entity
    @DiscriminatorValue("F")
    static class Firm extends Party {
        String register;

        @Convert(converter = OptionsConverter.class)
        Options options;
    }

    @Entity
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE)
    static class Purchase {
        @Id
        long id;

        @OneToOne
        Party buyer;

        @ManyToOne
        Part main;

        @Embedded
        Address address;

        @Convert(converter = MoneyConverter.class)
        Money total;

        @Convert(converter = WeightConverter.class)
        Weight weight;

        @Any
        @AnyKeyJavaClass(Long.class)
        @AnyDiscriminatorValue(discriminator = "P", entity = Person.class)
        @AnyDiscriminatorValue(discriminator = "F", entity = Firm.class)
        @JoinColumn(name = "payer_id")
        @Column(name = "payer_kind")
        Object payer;

        @ManyToMany
        @Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE)
        Set<Part> extras = new HashSet<>();

        @ElementCollection
        @OrderColumn(name = "line")
        @Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE)
        List<String> lines = new ArrayList<>();

        @ElementCollection
        @MapKeyColumn(name = "label")
        @SortNatural
        @Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE)
        SortedMap<String, City> stops = new TreeMap<>();

        @ElementCollection
        @CollectionTable(name = "tags")
        @CollectionId(column = @Column(name = "tag_id"), generator = "increment")
        @CollectionIdJavaClass(idType = Long.class)
        @Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE)
        List<String> tags = new ArrayList<>();

        @ElementCollection
        @OrderColumn(name = "place")
        @Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE)
        int[] scores = {};
    }

    static void fill(org.hibernate.Session session) {
        Part bolt = part("Acme", 1, "bolt");
        Part nut = part("Acme", 2, "nut");
        Depot depot = new Depot();
        depot.id = new DepotId("DE", 7);
        depot.code = "south";
        depot.parts.add(bolt);
        depot.parts.add(nut);
        Person ada = new Person();
        ada.email = "ada@example.org";
        ada.born = LocalDate.of(1815, 12, 10);
        ada.preferences = new Preferences();
        ada.preferences.counts.put("tea", 2);
        Firm firm = new Firm();
        firm.email = "firm@example.org";
        firm.register = "HRB 1";
        firm.options = new Options();
        firm.options.text = "fast";
        session.persist(depot);
        session.persist(bolt);
        session.persist(nut);
        session.persist(ada);
        session.persist(firm);
        session.persist(purchase(ada, firm, bolt, nut, depot));
    }

    private static Part part(String maker, long number, String name) {
        Part part = new Part();
        part.maker = maker;
        part.number = number;
        part.name = name;
        return part;
    }

    private static Purchase purchase(Person ada, Firm firm, Part bolt, Part nut, Depot depot) {
        Purchase purchase = new Purchase();
        purchase.id = 1;
        purchase.buyer = ada;
        purchase.main = bolt;
        purchase.address = new Address();
        purchase.address.street = "Main Street 1";
        purchase.address.city = new City("Hamburg", "20095");
        purchase.address.nearest = depot;
        purchase.total = new Money(new BigDecimal("9.90"), Currency.getInstance("EUR"));
        purchase.weight = new Weight(12.5, List.of("net", "dry"));
        purchase.payer = firm;
        purchase.extras.addAll(Set.of(bolt, nut));
        purchase.lines.addAll(List.of("one", "two"));
        purchase.stops.put("a", new City("Kiel", "24103"));
        purchase.stops.put("b", new City("Bremen", null));
        purchase.tags.addAll(List.of("x", "x", "y"));
        purchase.scores = new int[] {3, 1, 2};
        return purchase;
    }
}
