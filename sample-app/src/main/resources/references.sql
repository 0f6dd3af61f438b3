-- After the first rows: checking each of them on its own would take most of the time.
create index on product (category_id);
create index on orders (customer_id);
create index on order_line (order_id);
create index on order_line (product_id);

alter table product add foreign key (category_id) references category;
alter table orders add foreign key (customer_id) references customer;
alter table order_line add foreign key (order_id) references orders;
alter table order_line add foreign key (product_id) references product;

analyze;
