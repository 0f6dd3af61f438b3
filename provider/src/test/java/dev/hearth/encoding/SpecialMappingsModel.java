package dev.hearth.encoding;

import jakarta.persistence.Cacheable;
import jakarta.persistence.DiscriminatorColumn;
import jakarta.persistence.DiscriminatorValue;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.io.Serializable;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Map;
import java.util.Objects;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.Type;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.usertype.UserType;

/** Mappings whose cached form the application decides, at least in part. */
final class SpecialMappingsModel {
    private SpecialMappingsModel() {}

    @Entity
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE)
    static class Special {
        @Id
        long id;

        @JdbcTypeCode(SqlTypes.JSON)
        Map<String, Object> attributes;

        @JdbcTypeCode(SqlTypes.JSON)
        @Type(PointType.class)
        Point point;

        @Embedded
        Shape shape;
    }

    @Embeddable
    @DiscriminatorColumn(name = "shape_kind")
    @DiscriminatorValue("any")
    static class Shape {
        String colour;
    }

    @Embeddable
    @DiscriminatorValue("circle")
    static class Circle extends Shape {
        int radius;
    }

    @Embeddable
    @DiscriminatorValue("square")
    static class Square extends Shape {
        int side;
    }

    @Immutable
    @Entity
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.READ_ONLY)
    static class Constant {
        @Id
        long id;

        String text;
    }

    /** Attributes that are called as parts of Hibernate's own form of an entry are. */
    @Entity(name = "Peculiar")
    @Cacheable
    @Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE)
    static class Peculiar {
        @Id
        long id;

        String _subclass;
        Integer _version;
        String other;

        @Version
        long edition;
    }

    /** Mutable, and cached as the array that its type makes of it. */
    static final class Point {
        int x;
        int y;

        Point(int x, int y) {
            this.x = x;
            this.y = y;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Point that && that.x == x && that.y == y;
        }

        @Override
        public int hashCode() {
            return Objects.hash(x, y);
        }
    }

    static final class PointType implements UserType<Point> {
        @Override
        public int getSqlType() {
            return Types.VARCHAR;
        }

        @Override
        public Class<Point> returnedClass() {
            return Point.class;
        }

        @Override
        public boolean equals(Point one, Point other) {
            return Objects.equals(one, other);
        }

        @Override
        public int hashCode(Point point) {
            return point.hashCode();
        }

        @Override
        public Point nullSafeGet(ResultSet results, int position, WrapperOptions options) throws SQLException {
            String text = results.getString(position);
            if (text == null) {
                return null;
            }
            int comma = text.indexOf(',');
            return new Point(Integer.parseInt(text.substring(0, comma)), Integer.parseInt(text.substring(comma + 1)));
        }

        @Override
        public void nullSafeSet(PreparedStatement statement, Point point, int position, WrapperOptions options)
                throws SQLException {
            statement.setString(position, point == null ? null : point.x + "," + point.y);
        }

        @Override
        public Point deepCopy(Point point) {
            return point == null ? null : new Point(point.x, point.y);
        }

        @Override
        public boolean isMutable() {
            return true;
        }

        @Override
        public Serializable disassemble(Point point) {
            return point == null ? null : new int[] {point.x, point.y};
        }

        @Override
        public Point assemble(Serializable cached, Object owner) {
            return cached instanceof int[] pair ? new Point(pair[0], pair[1]) : null;
        }
    }

    static Special special(long id, Shape shape) {
        Special special = new Special();
        special.id = id;
        special.attributes = Map.of("colour", "red", "size", "3");
        special.point = new Point(3, -4);
        special.shape = shape;
        return special;
    }
}
