package dev.hearth.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hearth.config.HearthConfigurationException;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.OneToOne;
import java.io.Serializable;
import java.sql.Blob;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;
import org.junit.jupiter.api.Test;

class RefusedAttributesTest {
    private static final String SETTING = "hibernate.cache.hearth.encoding.allowed-types";

    interface Payment extends Serializable {}

    record Card(String number) implements Payment {}

    sealed interface Discount extends Serializable permits Percent {}

    record Percent(int percent) implements Discount {}

    static final class Wallet implements Serializable {
        private Payment preferred;
        private List<Discount> discounts = new ArrayList<>();

        @Override
        public boolean equals(Object other) {
            return other instanceof Wallet that && preferred.equals(that.preferred) && discounts.equals(that.discounts);
        }

        @Override
        public int hashCode() {
            return preferred.hashCode();
        }
    }

    @Entity
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE)
    static class WithWallet {
        @Id
        long id;

        @Column(length = 4000)
        Wallet wallet;
    }

    @Entity
    @Cacheable
    static class WithCounter {
        @Id
        long id;

        AtomicLong counter;
    }

    @Entity
    @Cacheable
    static class WithBlob {
        @Id
        long id;

        Blob blob;
    }

    @Embeddable
    static class Details {
        AtomicLong counter;
    }

    @Entity
    @Cacheable
    static class WithDetails {
        @Id
        long id;

        @Embedded
        Details details;
    }

    @Entity
    static class WithCounters {
        @Id
        long id;

        @ElementCollection
        @Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE)
        List<AtomicLong> counters = new ArrayList<>();
    }

    @Entity
    static class Owner implements Serializable {
        @Id
        long id;
    }

    @Entity
    @Cacheable
    @NaturalIdCache
    static class Owned implements Serializable {
        @Id
        @OneToOne
        Owner owner;

        @Id
        int place;

        @NaturalId
        String name;
    }

    @Test
    void anAttributeWhoseClassesAreUnknownIsRefusedWithItsNameAndTheSettingThatAllowsIt() {
        assertRefused(WithWallet.class)
                .withMessageContaining(WithWallet.class.getName() + ".wallet")
                .withMessageContaining("field preferred of " + Wallet.class.getName())
                .withMessageContaining(Payment.class.getName())
                .withMessageContaining(SETTING);
    }

    @Test
    void theSettingAllowsIt() {
        try (EncodingFixture fixture = EncodingFixture.allowing(List.of(Card.class.getName()), WithWallet.class)) {
            WithWallet stored = new WithWallet();
            stored.wallet = new Wallet();
            stored.wallet.preferred = new Card("4711");
            stored.wallet.discounts.add(new Percent(5));
            fixture.inTransaction(session -> session.persist(stored));

            var runs = fixture.fromDatabaseAndFromCache(session -> session.find(WithWallet.class, 0L).wallet);

            assertThat(fixture.sessions.getStatistics().getPrepareStatementCount())
                    .isZero();
            assertThat(runs.fromCache()).isEqualTo(stored.wallet);
        }
    }

    @Test
    void aNameInTheSettingThatIsNoClassIsRefused() {
        assertThatExceptionOfType(HearthConfigurationException.class)
                .isThrownBy(() -> EncodingFixture.allowing(List.of("com.acme.Missing"), WithWallet.class))
                .withMessageContaining(SETTING)
                .withMessageContaining("com.acme.Missing")
                .withMessageContaining("com.acme.Order$Status");
    }

    @Test
    void aClassOfTheJdkWithoutEncodingIsRefused() {
        assertRefused(WithCounter.class)
                .withMessageContaining(WithCounter.class.getName() + ".counter")
                .withMessageContaining(AtomicLong.class.getName())
                .withMessageContaining("converter")
                .withMessageContaining(SETTING);
        assertRefused(WithDetails.class).withMessageContaining(WithDetails.class.getName() + ".details.counter");
        assertRefused(WithCounters.class).withMessageContaining(WithCounters.class.getName() + ".counters element");
    }

    @Test
    void aLargeObjectIsRefused() {
        assertRefused(WithBlob.class).withMessageContaining(WithBlob.class.getName() + ".blob");
    }

    @Test
    void anIdentifierThatHoldsAnEntityIsRefusedBehindANaturalId() {
        assertRefused(Owner.class, Owned.class)
                .withMessageContaining(Owned.class.getName() + " identifier")
                .withMessageContaining("entity");
    }

    private static org.assertj.core.api.ThrowableAssertAlternative<UnencodableAttributeException> assertRefused(
            Class<?>... entities) {
        return assertThatExceptionOfType(UnencodableAttributeException.class)
                .isThrownBy(() -> EncodingFixture.of(entities));
    }
}
