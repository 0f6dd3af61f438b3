create table category (
    id bigint primary key,
    version int not null,
    name text not null
);

create table product (
    id bigint primary key,
    version int not null,
    sku text not null unique,
    name text not null,
    price numeric(12, 2) not null,
    stock int not null check (stock >= 0),
    category_id bigint not null
);

create table customer (
    id bigint primary key,
    version int not null,
    name text not null,
    email text not null unique
);

create table orders (
    id bigint primary key,
    version int not null,
    customer_id bigint not null,
    placed_at timestamptz not null,
    total numeric(12, 2) not null
);
create sequence orders_seq increment by 50;

create table order_line (
    id bigint primary key,
    order_id bigint not null,
    product_id bigint not null,
    quantity int not null,
    unit_price numeric(12, 2) not null
);
create sequence order_line_seq increment by 50;
