package dev.hearth.encoding;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import org.hibernate.cache.CacheException;
import org.hibernate.metamodel.mapping.SingularAttributeMapping;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * Turns the ids of one role (an entity hierarchy, a collection, or a hierarchy's natural id) into the text behind the colon
 * of a Redis key. Canonical: equal in every JVM and for every value that stands for the same row, different otherwise, within
 * a region whatever roles and tenants share it. Never made of a hash code. Thread-safe.
 *
 * <pre>
 * key    = [ "@" tenant "/" ] [ kind "=" role "/" ] id
 * kind   = "e" (entity) | "c" (collection) | "n" (natural id)   left out with the role where the region is the role's own
 * id     = text                 one attribute whose text is at most 96 characters
 *        | "~" base64url        canonical typed bytes, at most 72 of them
 *        | "!" base64url        SHA-256 of the canonical typed bytes, where they are more
 *        | "!"                  a natural id without a value
 * tenant, role = text | "!" base64url    the digest where the text would exceed 96 characters
 * text   = 1*( A-Z | a-z | 0-9 | "_" | "." | "-" | "%" 4HEX ) | "%" for the empty text
 * </pre>
 *
 * No text contains {@code @ = / ~ !}, so the parts cannot be mistaken for each other; and no key contains a brace, a colon or
 * anything outside ASCII.
 */
public final class KeyEncoder {
    private static final int MAXIMUM_BYTES = KeyText.MAXIMUM_LENGTH / 4 * 3;

    private final String role;
    private final String prefix;
    private final Supplier<KeyForm> resolver;
    private volatile @Nullable KeyForm resolved;

    private KeyEncoder(char kind, String role, boolean ownRegion, Supplier<KeyForm> resolver) {
        this.role = role;
        this.prefix = ownRegion ? "" : kind + "=" + name(role) + "/";
        this.resolver = resolver;
    }

    /**
     * The keys of an entity hierarchy. Types are looked up at the first use, or by {@link #resolve()}.
     *
     * @param persister the hierarchy's root or any of its subclasses
     * @param regionName as in the mapping, without any prefix
     */
    public static KeyEncoder forEntity(EntityPersister persister, String regionName) {
        String root = persister.getRootEntityName();
        KeyForms forms = new KeyForms(persister.getFactory(), root);
        return new KeyEncoder('e', root, regionName.equals(root), () -> forms.ofId(persister, root));
    }

    /**
     * The keys of a collection: its owner's id, or what else its foreign key refers to.
     *
     * @param regionName as in the mapping, without any prefix
     */
    public static KeyEncoder forCollection(CollectionPersister persister, String regionName) {
        String role = persister.getRole();
        KeyForms forms = new KeyForms(persister.getFactory(), role);
        return new KeyEncoder(
                'c', role, regionName.equals(role), () -> forms.of(persister.getKeyType(), role + ".{key}"));
    }

    /**
     * The keys of a hierarchy's natural id: its value, or the values in mapping order as an {@code Object[]}.
     *
     * @param persister the hierarchy's root or any of its subclasses
     * @param regionName as in the mapping, without any prefix
     */
    public static KeyEncoder forNaturalId(EntityPersister persister, String regionName) {
        String root = persister.getRootEntityName();
        KeyForms forms = new KeyForms(persister.getFactory(), root);
        return new KeyEncoder(
                'n', root, regionName.equals(root + "##NaturalId"), () -> naturalIdForm(forms, persister, root));
    }

    private static KeyForm naturalIdForm(KeyForms forms, EntityPersister persister, String root) {
        List<SingularAttributeMapping> attributes =
                persister.getNaturalIdMapping().getNaturalIdAttributes();
        KeyForm[] parts = attributes.stream()
                .map(SingularAttributeMapping::getAttributeName)
                .map(name -> forms.of(persister.getPropertyType(name), root + "." + name))
                .toArray(KeyForm[]::new);
        return parts.length == 1 ? parts[0] : new KeyComposite(root + ".{natural-id}", Object[].class::cast, parts);
    }

    /**
     * Looks the types up now rather than at the first use. Needs the session factory's mapping to be complete.
     *
     * @throws org.hibernate.MappingException if ids of this role have no canonical form; names the attribute and a remedy
     */
    public KeyEncoder resolve() {
        form();
        return this;
    }

    /**
     * The key of an id.
     *
     * @param id of the attribute's class, or of another that its Java type converts from; null for a natural id that has no
     *     value
     * @param tenant null where the application has none, which is different from every tenant
     * @throws CacheException if the value does not fit the mapping
     */
    public String encode(@Nullable Object id, @Nullable String tenant) {
        String key = idOf(form(), id);
        if (tenant == null) {
            return prefix.isEmpty() ? key : prefix.concat(key);
        }
        return "@" + name(tenant) + "/" + prefix + key;
    }

    /** Whether a key of the region is one of this role's. */
    public boolean made(String key) {
        int role = key.startsWith("@") ? key.indexOf('/') + 1 : 0;
        int end = key.indexOf('/', role);
        return prefix.isEmpty() ? end < 0 : key.startsWith(prefix, role);
    }

    /**
     * The text of the id in a key that this role has made; null where it has none, or the key is of a tenant. What has the
     * same text need not have the same key: whoever makes an id of it encodes that again and compares.
     */
    public @Nullable String idText(String key) {
        if (key.startsWith("@") || !made(key)) {
            return null;
        }
        String id = key.substring(prefix.length());
        return id.startsWith("~") || id.startsWith("!") ? null : KeyText.restore(id);
    }

    /**
     * A hash of a key, equal in every JVM and version, to spread keys over buckets and stripes by: take the bucket from the
     * high half and the stripe from the low, or each bucket will use few of its stripes.
     *
     * @return 0 to 2^32 - 1
     */
    public static long hash(String key) {
        CRC32C crc = new CRC32C();
        crc.update(key.getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }

    private String idOf(KeyForm form, @Nullable Object id) {
        if (id == null) {
            return "!";
        }
        try {
            String text = form.text(id);
            return text == null || text.length() > KeyText.MAXIMUM_LENGTH ? packed(form, id) : text;
        } catch (CacheException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new CacheException(
                    "%s: no key can be made of an id of %s"
                            .formatted(role, id.getClass().getName()),
                    e);
        }
    }

    private static String packed(KeyForm form, Object value) {
        KeyBytes bytes = new KeyBytes();
        form.write(value, bytes);
        return bytes.size() <= MAXIMUM_BYTES ? "~" + bytes.base64() : "!" + bytes.sha256();
    }

    private static String name(String name) {
        String text = KeyText.escape(name);
        return text != null ? text : "!" + new KeyBytes().text(name).sha256();
    }

    private KeyForm form() {
        KeyForm form = resolved;
        if (form == null) {
            // Two threads may both look it up; they find the same.
            form = resolver.get();
            resolved = form;
        }
        return form;
    }
}
