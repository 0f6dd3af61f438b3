package dev.hearth.benchmarks.model;

import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.LocalDate;

/** Eleven columns of the usual kinds, and a version. */
@MappedSuperclass
public abstract class Person {
    private static final LocalDate FIRST_BIRTHDAY = LocalDate.of(1950, 1, 1);

    @Id
    private Long id;

    @Version
    private long version;

    private String firstName;
    private String lastName;
    private String street;
    private String city;
    private String postcode;
    private String country;
    private LocalDate born;
    private boolean active;
    private BigDecimal balance;

    protected Person() {}

    Person(long id) {
        this.id = id;
        firstName = "First" + id;
        lastName = "Lastname" + id;
        street = id + " Long Street of the Town";
        city = "City " + id % 100;
        postcode = Long.toString(10_000 + id);
        country = "Country " + id % 10;
        born = FIRST_BIRTHDAY.plusDays(id);
        active = id % 2 == 0;
        balance = BigDecimal.valueOf(id * 100, 2);
    }

    public Long getId() {
        return id;
    }

    public long getVersion() {
        return version;
    }

    public String getFirstName() {
        return firstName;
    }

    public String getLastName() {
        return lastName;
    }

    public String getStreet() {
        return street;
    }

    public String getCity() {
        return city;
    }

    public String getPostcode() {
        return postcode;
    }

    public String getCountry() {
        return country;
    }

    public LocalDate getBorn() {
        return born;
    }

    public boolean isActive() {
        return active;
    }

    public BigDecimal getBalance() {
        return balance;
    }

    public void setBalance(BigDecimal balance) {
        this.balance = balance;
    }
}
