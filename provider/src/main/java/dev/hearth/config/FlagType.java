package dev.hearth.config;

/** True or false. */
final class FlagType implements SettingType<Boolean> {
    @Override
    public Class<Boolean> javaType() {
        return Boolean.class;
    }

    @Override
    public String legal() {
        return "true or false";
    }

    @Override
    public String example() {
        return "true";
    }

    @Override
    public Boolean read(Object given) {
        if (given instanceof Boolean flag) return flag;
        if (given instanceof CharSequence) {
            String text = given.toString().strip();
            if (text.equalsIgnoreCase("true")) return true;
            if (text.equalsIgnoreCase("false")) return false;
        }
        throw new IllegalArgumentException("which is neither true nor false");
    }

    @Override
    public void check(Boolean value) {}

    @Override
    public String write(Boolean value) {
        return value.toString();
    }
}
