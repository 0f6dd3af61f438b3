package dev.hearth.encoding;

/** Classes that nothing but a name in hostile bytes could load. */
final class UnloadedModel {
    private UnloadedModel() {}

    /** Must never be loaded. */
    static final class Gadget {}

    /** Is loaded on purpose, to show that it would be noticed. */
    static final class Bait {}
}
