package dev.hearth.replication;

import dev.hearth.testing.TestPostgres;

import java.sql.DriverManager;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;

/// Follows a database until the first transaction has come whole, and prints how much it was.
final class FollowingProcess {
    private FollowingProcess() {}

    public static void main(String[] arguments) throws Exception {
        var counter = new Counter();
        ReplicationConnections connections =
                driverProperties -> {
                    var properties = new Properties();
                    properties.setProperty("user", TestPostgres.SUPERUSER);
                    properties.setProperty("password", TestPostgres.PASSWORD);
                    properties.putAll(driverProperties);
                    return DriverManager.getConnection(arguments[0], properties);
                };
        try (var _ = Replication.follow(Followed.settings(), connections, counter, counter::tell)) {
            counter.ended.await();
            System.out.println(counter.rows + " rows, " + counter.bytes + " bytes");
        }
    }

    private static final class Counter implements ReplicationListener {
        private final CountDownLatch ended = new CountDownLatch(1);
        private int rows;
        private long bytes;

        private void tell(ReplicationEvent event) {
            if (event instanceof ReplicationEvent.Interrupted interrupted) {
                System.out.println(interrupted.sentence() + " " + interrupted.fields());
            }
        }

        @Override
        public void relation(Relation relation) {}

        @Override
        public void began(TransactionBegan transaction) {}

        @Override
        public void change(Change change) {
            var inserted = (Change.Inserted) change;
            rows++;
            bytes += Recorder.text(inserted.row().get(1)).length();
        }

        @Override
        public void ended(TransactionEnded transaction, Position position) {
            position.handedOver(transaction.endLsn());
            ended.countDown();
        }

        @Override
        public void interrupted(String reason) {}

        @Override
        public void gap(Gap gap) {
            System.out.println("gap " + gap);
        }

        @Override
        public void following() {
            System.out.println("following");
        }
    }
}
