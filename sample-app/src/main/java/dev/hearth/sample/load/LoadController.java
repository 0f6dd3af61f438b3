package dev.hearth.sample.load;

import dev.hearth.sample.web.Problems;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Starts and ends a load of random requests on this instance. */
@RestController
class LoadController {
    private static final int MOST_CUSTOMERS = 32;
    private static final int LONGEST_SECONDS = 3600;

    private final Load load;

    LoadController(Load load) {
        this.load = load;
    }

    /** Begins, in place of a load that is there. */
    @PostMapping("/load")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Load.Status start(@RequestParam(defaultValue = "4") int customers, @RequestParam(defaultValue = "60") int seconds) {
        if (customers < 1 || customers > MOST_CUSTOMERS) {
            throw Problems.badRequest("customers must be 1 to " + MOST_CUSTOMERS + ", but was " + customers);
        }
        if (seconds < 1 || seconds > LONGEST_SECONDS) {
            throw Problems.badRequest("seconds must be 1 to " + LONGEST_SECONDS + ", but was " + seconds);
        }
        load.start(
                ServletUriComponentsBuilder.fromCurrentContextPath().build().toUri(),
                customers,
                Duration.ofSeconds(seconds));
        return load.status();
    }

    @GetMapping("/load")
    Load.Status status() {
        return load.status();
    }

    @DeleteMapping("/load")
    Load.Status stop() {
        load.stop();
        return load.status();
    }
}
