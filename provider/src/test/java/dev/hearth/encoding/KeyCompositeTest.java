package dev.hearth.encoding;

import static dev.hearth.encoding.KeyFactoryFixture.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.encoding.KeyModel.Book;
import dev.hearth.encoding.KeyModel.BookId;
import dev.hearth.encoding.KeyModel.Card;
import dev.hearth.encoding.KeyModel.Colour;
import dev.hearth.encoding.KeyModel.Invoice;
import dev.hearth.encoding.KeyModel.Isbn;
import dev.hearth.encoding.KeyModel.Line;
import dev.hearth.encoding.KeyModel.LineId;
import dev.hearth.encoding.KeyModel.Mark;
import dev.hearth.encoding.KeyModel.Member;
import dev.hearth.encoding.KeyModel.Offer;
import dev.hearth.encoding.KeyModel.Order;
import dev.hearth.encoding.KeyModel.Paint;
import dev.hearth.encoding.KeyModel.PaintId;
import dev.hearth.encoding.KeyModel.Parcel;
import dev.hearth.encoding.KeyModel.Person;
import dev.hearth.encoding.KeyModel.Price;
import dev.hearth.encoding.KeyModel.Receipt;
import dev.hearth.encoding.KeyModel.Remark;
import dev.hearth.encoding.KeyModel.RemarkId;
import dev.hearth.encoding.KeyModel.Seal;
import dev.hearth.encoding.KeyModel.Seat;
import dev.hearth.encoding.KeyModel.Shade;
import dev.hearth.encoding.KeyModel.Shipment;
import dev.hearth.encoding.KeyModel.ShipmentId;
import dev.hearth.encoding.KeyModel.Stamp;
import dev.hearth.encoding.KeyModel.SubOffer;
import java.math.BigDecimal;
import java.util.List;
import org.hibernate.Session;
import org.hibernate.cache.CacheException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Keys of embedded, id-class, derived and natural ids. */
final class KeyCompositeTest {
    private static KeyFactoryFixture model;

    @BeforeAll
    static void build() {
        model = new KeyFactoryFixture(KeyModel.ENTITIES);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void embeddedIdsDifferInEachPart() {
        KeyEncoder paint = model.entity(Paint.class);

        assertThat(List.of(
                        paint.encode(new PaintId(new Shade(Colour.RED, 1, "matt"), "acme"), null),
                        paint.encode(new PaintId(new Shade(Colour.GREEN, 1, "matt"), "acme"), null),
                        paint.encode(new PaintId(new Shade(Colour.RED, 2, "matt"), "acme"), null),
                        paint.encode(new PaintId(new Shade(Colour.RED, 1, "matta"), "cme"), null),
                        paint.encode(new PaintId(new Shade(Colour.RED, 1, null), "acme"), null),
                        paint.encode(new PaintId(null, "acme"), null)))
                .doesNotHaveDuplicates()
                .allMatch(key -> key.matches("~[A-Za-z0-9_-]+"));
    }

    @Test
    void anEmbeddableOfNullsIsTheSameAsNone() {
        KeyEncoder offer = model.naturalId(Offer.class);

        assertThat(offer.encode(values(Colour.RED, new Order(1L), new Price(null, null)), null))
                .isEqualTo(offer.encode(values(Colour.RED, new Order(1L), null), null));
    }

    @Test
    void anIdClassMayHoldTheIdInTheAssociationsPlace() {
        KeyEncoder line = model.entity(Line.class);
        String byIdClass = line.encode(new LineId(7L, 1), null);

        assertThat(byIdClass).isNotEqualTo(line.encode(new LineId(7L, 2), null));
        assertThat(byIdClass).isNotEqualTo(line.encode(new LineId(8L, 1), null));
        assertThat(line.encode(values(7L, 1), null)).isEqualTo(byIdClass);
    }

    @Test
    void idClassesNest() {
        KeyEncoder remark = model.entity(Remark.class);

        assertThat(remark.encode(new RemarkId(new LineId(7L, 1), "en"), null))
                .isEqualTo(remark.encode(new RemarkId(new LineId(7L, 1), "en"), null))
                .isNotEqualTo(remark.encode(new RemarkId(new LineId(7L, 2), "en"), null))
                .isNotEqualTo(remark.encode(new RemarkId(new LineId(7L, 1), "fr"), null));
    }

    @Test
    void anAssociationInsideAnIdIsTheTargetsIdAndItsProxyStaysAsleep() {
        KeyEncoder shipment = model.entity(Shipment.class);
        try (Session session = model.sessions().openSession()) {
            Order proxy = session.getReference(Order.class, 7L);

            assertThat(shipment.encode(new ShipmentId(proxy, "post"), null))
                    .isEqualTo(shipment.encode(new ShipmentId(new Order(7L), "post"), null));
        }
    }

    @Test
    void aReferenceWithoutAnIdIsRefusedByName() {
        assertThatThrownBy(() -> model.entity(Shipment.class).encode(new ShipmentId(new Order(), "post"), null))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining(Shipment.class.getName() + ".id.order")
                .hasMessageContaining("no id yet");
    }

    @Test
    void aSharedPrimaryKeyIsThePlainIdOfItsTarget() {
        assertThat(model.entity(Invoice.class).encode(7L, null)).isEqualTo("7");
    }

    @Test
    void anAssociationAsTheIdIsTakenAsTheEntityOrAsItsTargetsId() {
        KeyEncoder receipt = model.entity(Receipt.class);

        assertThat(receipt.encode(new Receipt(new Order(7L)), null))
                .isEqualTo(receipt.encode(7L, null))
                .isEqualTo(receipt.encode(new Order(7L), null))
                .isNotEqualTo(receipt.encode(8L, null));
    }

    @Test
    void anEntityThatIsItsOwnIdHasAKey() {
        KeyEncoder seat = model.entity(Seat.class);

        assertThat(seat.encode(new Seat("A", 1), null))
                .isEqualTo(seat.encode(new Seat("A", 1), null))
                .isNotEqualTo(seat.encode(new Seat("A", 2), null));
    }

    @Test
    void aConvertedPartIsItsConvertedValue() {
        KeyEncoder book = model.entity(Book.class);

        assertThat(book.encode(new BookId(new Isbn("1")), null))
                .isEqualTo(book.encode(new BookId(new Isbn("1")), null))
                .isNotEqualTo(book.encode(new BookId(new Isbn("2")), null));
    }

    @Test
    void aSingleNaturalIdIsReadable() {
        assertThat(model.naturalId(Person.class).encode("ann@example.org", null))
                .isEqualTo("ann%0040example.org");
    }

    @Test
    void compoundNaturalIdsAreEncodedInMappingOrderForTheWholeHierarchy() {
        Object[] id = values(Colour.GREEN, new Order(1L), new Price(new BigDecimal("1.50"), "EUR"));
        Object[] sameValue = values(Colour.GREEN, new Order(1L), new Price(new BigDecimal("1.5"), "EUR"));

        assertThat(model.naturalId(Offer.class).encode(id, null))
                .isEqualTo(model.naturalId(SubOffer.class).encode(sameValue, null));
    }

    @Test
    void collectionsAreKeyedByTheirOwner() {
        assertThat(model.collection(Order.class, "lines").encode(7L, null)).isEqualTo("7");
    }

    @Test
    void subclassesOfAnEmbeddableDiffer() {
        KeyEncoder parcel = model.naturalId(Parcel.class);

        assertThat(List.of(
                        parcel.encode(new Mark("x"), null),
                        parcel.encode(new Stamp("x", null), null),
                        parcel.encode(new Stamp("x", 1), null),
                        parcel.encode(new Seal("x"), null)))
                .doesNotHaveDuplicates();
        assertThat(parcel.encode(new Stamp("x", 1), null)).isEqualTo(parcel.encode(new Stamp("x", 1), null));
    }

    @Test
    void aCollectionMayBeKeyedByAnotherColumnThanTheOwnersId() {
        assertThat(model.collection(Member.class, "orders").encode("m-1", null)).isEqualTo("m-1");
    }

    @Test
    void aReferenceByAnotherColumnThanThePrimaryKeyIsTheTargetsIdAllTheSame() {
        KeyEncoder card = model.naturalId(Card.class);

        assertThat(card.encode(values("gold", new Member(7L, "m-1")), null))
                .isNotEqualTo(card.encode(values("gold", new Member(8L, "m-2")), null));
        assertThatThrownBy(() -> card.encode(values("gold", "m-1"), null))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining(Card.class.getName() + ".member");
    }
}
