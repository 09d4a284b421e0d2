package dev.hearth.client.database;

/// In which order rows come. Immutable.
///
/// ```java
/// client.from("tasks").select().order("due", Order.desc().nullsLast()).execute(Task.class);
/// ```
///
/// Where nothing is said of nulls they are last in ascending order and first in descending order,
/// as PostgreSQL has it.
public final class Order {

    private final String direction;
    private final String nulls;
    private final String prefix;

    private Order(String direction, String nulls, String prefix) {
        this.direction = direction;
        this.nulls = nulls;
        this.prefix = prefix;
    }

    /// Smallest first.
    public static Order asc() {
        return new Order(".asc", "", "");
    }

    /// Largest first.
    public static Order desc() {
        return new Order(".desc", "", "");
    }

    /// Rows without a value first.
    public Order nullsFirst() {
        return new Order(direction, ".nullsfirst", prefix);
    }

    /// Rows without a value last.
    public Order nullsLast() {
        return new Order(direction, ".nullslast", prefix);
    }

    /// Orders the rows of an embedded table, by its name or alias in the select, inside each row
    /// that holds them.
    public Order referencedTable(String table) {
        return new Order(direction, nulls, table + ".");
    }

    String parameter() {
        return prefix + "order";
    }

    String of(String column) {
        return column + direction + nulls;
    }
}
