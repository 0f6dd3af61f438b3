package dev.hearth.sample.orders;

import jakarta.persistence.QueryHint;
import java.util.List;
import org.hibernate.jpa.HibernateHints;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.QueryHints;

/** Customers by what is known of them. A query is cached where its hint says so, as with Hibernate's own. */
interface CustomerRepository extends JpaRepository<Customer, Long> {
    /** Those whose name begins so, in the order of their names. */
    @QueryHints(@QueryHint(name = HibernateHints.HINT_CACHEABLE, value = "true"))
    List<Customer> findFirst20ByNameStartingWithIgnoreCaseOrderByNameAscIdAsc(String beginning);
}
