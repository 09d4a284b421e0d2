package dev.hearth.examples;

import static dev.hearth.client.realtime.PostgresEvent.UPDATE;

import dev.hearth.client.SupabaseClient;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/// A table that was there before, and goes on being changed by whatever changes it. What makes it
/// live are the four statements in `supabase/migrations/20260101000200_stock_live.sql`.
public final class FollowOwnTable {

    record Stock(String sku, int pieces) {}

    private FollowOwnTable() {}

    public static void main(String[] args) throws InterruptedException {
        var heard = new CountDownLatch(1);
        try (SupabaseClient client = Hearth.connect()) {
            client.channel("stock")
                    .onPostgresChanges(
                            UPDATE,
                            rows -> rows.schema("public").table("stock"),
                            Stock.class,
                            change -> {
                                Stock now = change.newRecord();
                                System.out.println(
                                        now.sku()
                                                + ": "
                                                + change.oldRecord().pieces()
                                                + " -> "
                                                + now.pieces());
                                heard.countDown();
                            })
                    .subscribe(Duration.ofSeconds(20));

            client.from("stock")
                    .select()
                    .order("sku")
                    .execute(Stock.class)
                    .forEach(item -> System.out.println(item.sku() + ": " + item.pieces()));

            // As any program with any driver would, or a person with psql.
            client.rpc("sell", Map.of("item", "lamp", "amount", 2)).execute();
            Await.all(heard);
        }
    }
}
