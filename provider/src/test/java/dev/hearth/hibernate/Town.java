package dev.hearth.hibernate;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.SecondaryTable;
import java.util.HashSet;
import java.util.Set;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;

/** Entities in every arrangement of tables, cached and not. */
final class Town {
    static final Class<?>[] ENTITIES = {
        Person.class,
        Pet.class,
        Club.class,
        Vehicle.class,
        Car.class,
        Payment.class,
        Cheque.class,
        Building.class,
        House.class
    };

    private Town() {}

    /** Not cached: two tables, a collection table, a join table, and pets that live and die with it. */
    @Entity(name = "Person")
    @SecondaryTable(name = "Person_Details")
    static class Person {
        @Id
        Long id;

        String name;

        @Column(table = "Person_Details")
        String motto;

        @ElementCollection
        Set<String> nicknames = new HashSet<>();

        @ManyToMany
        Set<Club> clubs = new HashSet<>();

        @OneToMany(mappedBy = "owner", cascade = CascadeType.ALL, orphanRemoval = true)
        Set<Pet> pets = new HashSet<>();

        protected Person() {}

        Person(long id, String name, String motto) {
            this.id = id;
            this.name = name;
            this.motto = motto;
        }
    }

    /** Cached. */
    @Entity(name = "Pet")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class Pet {
        @Id
        Long id;

        String name;

        @ManyToOne(fetch = FetchType.LAZY)
        Person owner;

        protected Pet() {}

        Pet(long id, String name, Person owner) {
            this.id = id;
            this.name = name;
            this.owner = owner;
        }
    }

    /** Not cached. */
    @Entity(name = "Club")
    static class Club {
        @Id
        Long id;

        protected Club() {}

        Club(long id) {
            this.id = id;
        }
    }

    /** A table for each class, joined. */
    @Entity(name = "Vehicle")
    @Inheritance(strategy = InheritanceType.JOINED)
    static class Vehicle {
        @Id
        Long id;

        String label;

        protected Vehicle() {}

        Vehicle(long id, String label) {
            this.id = id;
            this.label = label;
        }
    }

    @Entity(name = "Car")
    static class Car extends Vehicle {
        int doors;

        protected Car() {}

        Car(long id, String label, int doors) {
            super(id, label);
            this.doors = doors;
        }
    }

    /** One table for both classes; cached. */
    @Entity(name = "Payment")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    static class Payment {
        @Id
        Long id;

        long amount;

        protected Payment() {}

        Payment(long id, long amount) {
            this.id = id;
            this.amount = amount;
        }
    }

    @Entity(name = "Cheque")
    static class Cheque extends Payment {
        String bank;

        protected Cheque() {}

        Cheque(long id, long amount, String bank) {
            super(id, amount);
            this.bank = bank;
        }
    }

    /** A table for each class, apart. */
    @Entity(name = "Building")
    @Inheritance(strategy = InheritanceType.TABLE_PER_CLASS)
    static class Building {
        @Id
        Long id;

        int floors;

        protected Building() {}

        Building(long id, int floors) {
            this.id = id;
            this.floors = floors;
        }
    }

    @Entity(name = "House")
    static class House extends Building {
        String colour;

        protected House() {}

        House(long id, int floors, String colour) {
            super(id, floors);
            this.colour = colour;
        }
    }
}
