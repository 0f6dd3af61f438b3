package dev.hearth.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.HearthRegionFactory;
import dev.hearth.test.FaultProxy;
import dev.hearth.test.PostgresExtension;
import dev.hearth.test.RedisServerFixture;
import dev.hearth.test.RedisServers;
import dev.hearth.test.shop.Product;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** The dashboard in a real browser, while the shop is read, and while Redis comes and goes. */
final class DashboardIT {
    private static final String PRODUCTS = Product.class.getName();
    private static final String PAGE = "/actuator/hearthdashboard";
    private static final long PAUSE_NANOS = 2_000_000;

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    private static final AtomicBoolean reading = new AtomicBoolean(true);

    private static Browser browser;
    private static RedisServerFixture redis;
    private static FaultProxy proxy;
    private static ShopApplication shop;

    @BeforeAll
    static void start() {
        browser = Browser.start();
        redis = RedisServers.start();
        proxy = FaultProxy.to(redis.endpoint());
        shop = ShopApplication.start(
                postgres.database(),
                proxy.port(),
                "hearth.dashboard.enabled=true",
                "management.endpoint.hearth.access=unrestricted",
                "management.endpoint.hearthwarming.access=unrestricted",
                "hearth.warming.task.products.entity=" + PRODUCTS);
        Thread reader = new Thread(() -> read(shop.sessions()), "reader");
        reader.setDaemon(true);
        reader.start();
    }

    private static void read(SessionFactory sessions) {
        for (long i = 0; reading.get(); i++) {
            long id = 1 + i % 3;
            sessions.inTransaction(session -> {
                session.find(Product.class, id);
                session.createSelectionQuery("select name from Product where id = :id", String.class)
                        .setParameter("id", id)
                        .setCacheable(true)
                        .list();
            });
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    @AfterAll
    static void stop() {
        reading.set(false);
        if (shop != null) {
            shop.close();
            proxy.close();
            redis.close();
        }
        if (browser != null) browser.close();
    }

    @BeforeEach
    void beginAnew() {
        browser.size(1280, 1400);
        browser.complaints();
    }

    private static void open(String user) {
        browser.open(user, user.substring(0, 1), shop.port(), PAGE);
        browser.until("the page has asked", () -> browser.text("#state").equals("Redis answers"));
    }

    @Test
    void figuresMoveWhileTheShopIsRead() {
        open("operator");

        browser.until("the region is shown", () -> row(PRODUCTS).contains("%"));
        browser.until(
                "the hit ratio is that of reads", () -> browser.text("#cards").contains("/s"));
        String before = browser.text("#cards");
        browser.until("the figures move", () -> !browser.text("#cards").equals(before));
        browser.until("the query is shown", () -> browser.text("#queries").contains("p1_0.name from product"));
        assertThat(browser.text("#queries")).as("parameters are never shown").contains("?");
        browser.until(
                "the doctor has been asked", () -> browser.text("#examined").startsWith("examined"));
        assertThat(browser.text("#nodes"))
                .contains(HearthRegionFactory.of(shop.sessions()).node() + ", which serves this page at localhost:"
                        + shop.port());
        browser.until("the task is shown", () -> browser.text("#warming").contains("products"));
        browser.until(
                "the chart has two points of each tier",
                () -> browser.run("return Chart.getChart('reads').data.datasets.every(set => set.data.length > 1)")
                        .equals(true));
        browser.picture("light");
        browser.click("#theme");
        assertThat(browser.text("#theme")).isEqualTo("Light");
        browser.picture("dark");
        browser.click("#theme");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aPhoneShowsEverythingWithoutMovingSideways() {
        browser.size(390, 844);
        open("operator");
        browser.until("the region is shown", () -> row(PRODUCTS).contains("%"));

        assertThat(browser.run("return document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
        browser.picture("phone");
    }

    @Test
    void thePageSaysThatRedisIsAwayAndThatItIsBack() {
        open("operator");
        proxy.cut();
        try {
            browser.until(
                    "Redis is away", () -> browser.text("#state").equals("Redis is away; reads go to the database"));
            assertThat(browser.text("#nodes")).contains("open");
            browser.picture("away");
            browser.click("[aria-label='Pause products'], [aria-label='Start products']");
            browser.click("#confirm-yes");
            browser.until(
                    "it is said that not all nodes may do that",
                    () -> browser.text("#done").contains("Redis does not answer, so it is not known"));
            browser.until(
                    "that stays while the figures are asked for again",
                    () -> browser.text("#state").contains("away")
                            && browser.text("#done").contains("not known"));
        } finally {
            proxy.heal();
        }
        browser.until("Redis is back", () -> browser.text("#state").equals("Redis answers"));
    }

    @Test
    void anOperatorEvictsARegionAfterConfirmingIt() {
        open("operator");
        String evict = "[aria-label='Evict region " + PRODUCTS + "']";
        browser.until("the button is there", () -> browser.shows(evict));

        browser.click(evict);
        browser.until("it is asked for", () -> browser.shows("#confirm"));
        browser.picture("confirm");
        browser.click("#confirm-no");
        assertThat(evictions()).isZero();

        browser.click(evict);
        browser.click("#confirm-yes");
        browser.until("it is done", () -> browser.text("#done").endsWith("Product was evicted"));
        assertThat(evictions()).isEqualTo(1);
    }

    private static long evictions() {
        return shop.get("reader", "hearth/" + PRODUCTS)
                .json()
                .at("/region/evictions")
                .asLong();
    }

    @Test
    void anOperatorStartsATaskByTheKeyboard() {
        open("operator");
        String start = "[aria-label='Start products']";
        browser.until("the task can be started", () -> browser.shows(start));

        browser.run("document.querySelector(\"" + start + "\").focus()");
        browser.type(start, Keys.ENTER);
        browser.until("it is asked for", () -> browser.shows("#confirm"));
        assertThat(browser.run("return document.activeElement.id")).isEqualTo("confirm-no");
        browser.type("#confirm-no", Keys.TAB);
        browser.type("#confirm-yes", Keys.ENTER);

        browser.until("it has run", () -> browser.text("#warming").contains("succeeded"));
    }

    @Test
    void aReaderSeesAllOfItAndNoButtonThatChangesAnything() {
        open("reader");
        browser.until("the region is shown", () -> row(PRODUCTS).contains("%"));

        assertThat(browser.shows("#evict-all")).isFalse();
        assertThat(browser.shows("[aria-label^='Evict']")).isFalse();
        assertThat(browser.shows("#start-priority")).isFalse();
        assertThat(browser.shows("#examine")).isTrue();
    }

    @Test
    void whateverCanBeUsedHasAName() {
        open("operator");

        assertThat(browser.run("""
                        return [...document.querySelectorAll('button, select, input, canvas, table')]
                          .filter(one => !(one.textContent.trim() || one.getAttribute('aria-label') || one.closest('label')
                            || one.querySelector('caption')))
                          .map(one => one.outerHTML)""")).isEqualTo(List.of());
    }

    private static String row(String region) {
        return browser.texts("#regions tr[data-key='" + region + "']").stream()
                .findFirst()
                .orElse("");
    }
}
