package dev.hearth.sample.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.HtmlUtils;

/** The page that says what to try, in commands that name the address under which it was asked for. */
@RestController
class HomeController {
    private static final String ADDRESS = "{address}";

    private final String page;

    HomeController() throws IOException {
        page = new ClassPathResource("home.html").getContentAsString(UTF_8);
    }

    @GetMapping(path = "/", produces = MediaType.TEXT_HTML_VALUE)
    String home() {
        String address = ServletUriComponentsBuilder.fromCurrentContextPath().toUriString();
        return page.replace(ADDRESS, HtmlUtils.htmlEscape(address.replaceFirst("^http://", "")));
    }
}
