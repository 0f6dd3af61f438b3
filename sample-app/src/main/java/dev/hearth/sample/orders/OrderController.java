package dev.hearth.sample.orders;

import dev.hearth.sample.web.Problems;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class OrderController {
    private static final int MOST_ITEMS = 50;
    private static final int LARGEST_QUANTITY = 100;

    private final Orders orders;

    OrderController(Orders orders) {
        this.orders = orders;
    }

    @GetMapping("/customers")
    List<Orders.Name> customers(@RequestParam String name) {
        return orders.customers(name);
    }

    @GetMapping("/customers/{id}")
    CustomerView customer(@PathVariable long id) {
        return orders.customer(id);
    }

    @GetMapping("/orders/{id}")
    OrderView order(@PathVariable long id) {
        return orders.order(id);
    }

    @PostMapping("/customers/{id}/orders")
    @ResponseStatus(HttpStatus.CREATED)
    OrderView place(@PathVariable long id, @RequestBody List<Item> items) {
        if (items.isEmpty() || items.size() > MOST_ITEMS) {
            throw Problems.badRequest("an order has 1 to " + MOST_ITEMS + " items, but this one " + items.size());
        }
        for (Item item : items) {
            if (item.quantity() < 1 || item.quantity() > LARGEST_QUANTITY) {
                throw Problems.badRequest("quantity must be 1 to " + LARGEST_QUANTITY + ", but was " + item.quantity());
            }
        }
        return orders.place(id, items);
    }

    @DeleteMapping("/orders/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void cancel(@PathVariable long id) {
        orders.cancel(id);
    }
}
