package dev.hearth.encoding;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.DiscriminatorColumn;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MapsId;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.annotations.NaturalId;

/** Entities with every shape of composite, derived and natural id. The fields are what tests read, hence without accessors. */
final class KeyModel {
    private KeyModel() {}

    enum Colour {
        RED,
        GREEN {
            @Override
            boolean calm() {
                return true;
            }
        };

        boolean calm() {
            return false;
        }
    }

    @Embeddable
    record Shade(
            @Enumerated(EnumType.ORDINAL) Colour colour,
            @Column(name = "depth_") int depth,
            @Column(name = "finish_") String finish)
            implements Serializable {}

    @Embeddable
    record PaintId(Shade shade, String maker) implements Serializable {}

    @Entity(name = "Paint")
    static class Paint {
        @EmbeddedId
        PaintId id;
    }

    @Entity(name = "Orders")
    static class Order {
        @Id
        Long id;

        @OneToMany
        @JoinColumn(name = "order_id")
        List<Line> lines = new ArrayList<>();

        @ElementCollection
        List<String> labels = new ArrayList<>();

        Order() {}

        Order(Long id) {
            this.id = id;
        }
    }

    /** An id class that holds the id of the order in the association's place. */
    static class LineId implements Serializable {
        Long order;
        int position;

        LineId() {}

        LineId(Long order, int position) {
            this.order = order;
            this.position = position;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof LineId that && order.equals(that.order) && position == that.position;
        }

        @Override
        public int hashCode() {
            return order.hashCode() + position;
        }
    }

    @Entity(name = "Line")
    @IdClass(LineId.class)
    static class Line {
        @Id
        @ManyToOne(fetch = FetchType.LAZY)
        Order order;

        @Id
        int position;

        Line() {}

        Line(Order order, int position) {
            this.order = order;
            this.position = position;
        }
    }

    /** An id class within an id class. */
    static class RemarkId implements Serializable {
        LineId line;
        String language;

        RemarkId() {}

        RemarkId(LineId line, String language) {
            this.line = line;
            this.language = language;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof RemarkId that && line.equals(that.line) && language.equals(that.language);
        }

        @Override
        public int hashCode() {
            return line.hashCode() + language.hashCode();
        }
    }

    @Entity(name = "Remark")
    @IdClass(RemarkId.class)
    static class Remark {
        @Id
        @ManyToOne
        Line line;

        @Id
        String language;
    }

    /** An embedded id that holds the association itself. */
    @Embeddable
    static class ShipmentId implements Serializable {
        @ManyToOne(fetch = FetchType.LAZY)
        Order order;

        String carrier;

        ShipmentId() {}

        ShipmentId(Order order, String carrier) {
            this.order = order;
            this.carrier = carrier;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ShipmentId that && order.id.equals(that.order.id) && carrier.equals(that.carrier);
        }

        @Override
        public int hashCode() {
            return carrier.hashCode();
        }
    }

    @Entity(name = "Shipment")
    static class Shipment {
        @EmbeddedId
        ShipmentId id;
    }

    /** Its id is the order's. */
    @Entity(name = "Invoice")
    static class Invoice {
        @Id
        Long id;

        @OneToOne
        @MapsId
        Order order;
    }

    /** Its id is the order's, without a field for the id alone. */
    @Entity(name = "Receipt")
    static class Receipt {
        @Id
        @OneToOne
        Order order;

        Receipt() {}

        Receipt(Order order) {
            this.order = order;
        }
    }

    /** No id class: the entity itself is the id. */
    @Entity(name = "Seat")
    static class Seat implements Serializable {
        @Id
        String row;

        @Id
        int number;

        Seat() {}

        Seat(String row, int number) {
            this.row = row;
            this.number = number;
        }
    }

    @Entity(name = "Person")
    static class Person {
        @Id
        Long id;

        @NaturalId
        String email;
    }

    @Embeddable
    record Price(BigDecimal amount, String currency) implements Serializable {}

    @Entity(name = "Offer")
    static class Offer {
        @Id
        Long id;

        @NaturalId
        @ManyToOne(fetch = FetchType.LAZY)
        Order order;

        @NaturalId
        Price price;

        @NaturalId
        @Enumerated(EnumType.STRING)
        Colour colour;
    }

    @Entity(name = "SubOffer")
    static class SubOffer extends Offer {}

    record Isbn(String digits) {}

    static final class IsbnConverter implements AttributeConverter<Isbn, String> {
        @Override
        public String convertToDatabaseColumn(Isbn isbn) {
            return isbn == null ? null : isbn.digits();
        }

        @Override
        public Isbn convertToEntityAttribute(String column) {
            return column == null ? null : new Isbn(column);
        }
    }

    @Embeddable
    record BookId(@Convert(converter = IsbnConverter.class) Isbn isbn) implements Serializable {}

    @Entity(name = "Book")
    static class Book {
        @EmbeddedId
        BookId id;
    }

    @Embeddable
    @DiscriminatorColumn(name = "mark_kind")
    static class Mark implements Serializable {
        String text;

        Mark() {}

        Mark(String text) {
            this.text = text;
        }
    }

    @Embeddable
    static class Stamp extends Mark {
        Integer year;

        Stamp() {}

        Stamp(String text, Integer year) {
            super(text);
            this.year = year;
        }
    }

    @Embeddable
    static class Seal extends Mark {
        Seal() {}

        Seal(String text) {
            super(text);
        }
    }

    @Entity(name = "Parcel")
    static class Parcel {
        @Id
        Long id;

        @NaturalId
        Mark mark;
    }

    @Embeddable
    record PairId(
            @Column(name = "first_") String first,
            @Column(name = "second_") String second) implements Serializable {}

    @Entity(name = "Pair")
    static class Pair {
        @EmbeddedId
        PairId id;
    }

    @Entity(name = "Member")
    static class Member {
        @Id
        Long id;

        @Column(unique = true)
        String code;

        @OneToMany
        @JoinColumn(name = "member_code", referencedColumnName = "code")
        List<Order> orders = new ArrayList<>();

        Member() {}

        Member(Long id, String code) {
            this.id = id;
            this.code = code;
        }
    }

    /** Its natural id refers to a member by code. */
    @Entity(name = "Card")
    static class Card {
        @Id
        Long id;

        @NaturalId
        @ManyToOne
        @JoinColumn(referencedColumnName = "code")
        Member member;

        @NaturalId
        String label;
    }

    static final List<Class<?>> ENTITIES = List.of(
            Paint.class,
            Order.class,
            Line.class,
            Remark.class,
            Shipment.class,
            Invoice.class,
            Receipt.class,
            Seat.class,
            Person.class,
            Offer.class,
            SubOffer.class,
            Book.class,
            Parcel.class,
            Mark.class,
            Stamp.class,
            Seal.class,
            Pair.class,
            Member.class,
            Card.class);
}
