package dev.hearth.encoding;

import com.esotericsoftware.kryo.KryoException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.UnknownHostException;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Locales, currencies and addresses. Nothing here resolves a name or loads a class when it is read. */
final class PlaceValues {
    /* The JDK looks for a handler class by the protocol's name, so only its own protocols are allowed
     * (not jar, which holds another URL). */
    private static final Set<String> PROTOCOLS = Set.of("http", "https", "file", "ftp", "mailto");

    private static final int NO_SCOPE = 0;

    private PlaceValues() {}

    static void register(FixedValues.Registrar registrar) {
        registrar.value(36, Locale.class, PlaceValues::writeLocale, PlaceValues::readLocale);
        registrar.value(
                37,
                Currency.class,
                (out, currency) -> out.writeText(currency.getCurrencyCode()),
                in -> Currency.getInstance(in.readText()));
        registrar.value(38, URL.class, PlaceValues::writeUrl, PlaceValues::readUrl);
        registrar.value(39, URI.class, (out, uri) -> out.writeText(uri.toString()), in -> URI.create(in.readText()));
        registrar.add(
                40,
                new ValueSerializer<>(PlaceValues::writeAddress, PlaceValues::readAddress),
                InetAddress.class,
                Inet4Address.class,
                Inet6Address.class);
    }

    /** The language tag where it says all, otherwise language, country and variant, which may be of any form. */
    private static void writeLocale(WireOutput out, Locale locale) {
        String tag = locale.toLanguageTag();
        boolean tagSuffices = Locale.forLanguageTag(tag).equals(locale);
        out.writeBoolean(tagSuffices);
        if (tagSuffices) {
            out.writeText(tag);
        } else if (new Locale(locale.getLanguage(), locale.getCountry(), locale.getVariant()).equals(locale)) {
            out.writeText(locale.getLanguage());
            out.writeText(locale.getCountry());
            out.writeText(locale.getVariant());
        } else {
            throw new NotEncodable("the locale " + locale + " is ill-formed");
        }
    }

    private static Locale readLocale(WireInput in) {
        return in.readBoolean()
                ? Locale.forLanguageTag(in.readText())
                : new Locale(in.readText(), in.readText(), in.readText());
    }

    private static void writeUrl(WireOutput out, URL url) {
        if (!PROTOCOLS.contains(url.getProtocol())) {
            throw new NotEncodable("URLs of protocol " + url.getProtocol() + " are not encoded, only " + PROTOCOLS);
        }
        if (out.insideHashedContainer()) {
            throw new NotEncodable("a URL inside a set or as the key of a map asks the network for its hash code");
        }
        out.writeText(url.toExternalForm());
    }

    private static URL readUrl(WireInput in) {
        String text = in.readText();
        int colon = text.indexOf(':');
        if (in.insideHashedContainer() || colon < 0 || !PROTOCOLS.contains(text.substring(0, colon))) {
            throw new KryoException("A URL of a foreign protocol or in a hash table");
        }
        try {
            return new URL(text);
        } catch (MalformedURLException e) {
            throw new KryoException(e);
        }
    }

    /** The name is kept if there is one; {@code getHostName} would ask the network for it. */
    private static void writeAddress(WireOutput out, InetAddress address) {
        String text = address.toString();
        out.writeText(text.substring(0, text.indexOf('/')));
        out.writeCounted(address.getAddress());
        out.writeCount(address instanceof Inet6Address six ? six.getScopeId() : NO_SCOPE);
    }

    private static InetAddress readAddress(WireInput in) {
        String name = in.readText();
        @Nullable String host = name.isEmpty() ? null : name;
        byte[] bytes = in.readCounted();
        int scope = in.readVarInt(true);
        try {
            return scope == NO_SCOPE
                    ? InetAddress.getByAddress(host, bytes)
                    : Inet6Address.getByAddress(host, bytes, scope);
        } catch (UnknownHostException e) {
            throw new KryoException(e);
        }
    }
}
