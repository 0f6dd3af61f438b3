package dev.hearth.encoding;

/** A single value: the identifier that a natural id leads to, or whatever else is not an entity or collection. */
final class ValueForm implements EntryForm {
    private final String name;
    private final Shape shape;

    ValueForm(String name, Shape shape) {
        this.name = name;
        this.shape = shape;
    }

    @Override
    public void write(ValueEngine engine, WireOutput out, Object value) {
        EntryForm.write(engine, name, shape, value);
    }

    @Override
    public Object read(ValueEngine engine, WireInput in) {
        Object value = EntryForm.read(engine, name, shape);
        if (value == null) {
            throw new IllegalArgumentException(name + " holds null");
        }
        return value;
    }

    @Override
    public String describe() {
        return name + ' ' + shape.describe() + '\n';
    }
}
