package dev.hearth.config;

/** An object that the application hands in; it has no text. */
final class InstanceType<T> implements SettingType<T> {
    private final Class<T> javaType;

    InstanceType(Class<T> javaType) {
        this.javaType = javaType;
    }

    @Override
    public Class<T> javaType() {
        return javaType;
    }

    @Override
    public String legal() {
        return "an instance of " + javaType.getName();
    }

    @Override
    public String example() {
        return "the one that the application uses itself";
    }

    @Override
    public T read(Object given) {
        if (!javaType.isInstance(given)) throw new IllegalArgumentException("which is none");
        return javaType.cast(given);
    }

    @Override
    public void check(T value) {}

    @Override
    public String write(T value) {
        return "an instance of " + value.getClass().getName();
    }
}
