package dev.hearth.replication;

import dev.hearth.database.Sql;

/// Why the log cannot be followed for now. Each is told once, waited out, and looked at again.
public sealed interface ReplicationProblem {

    /// What is wrong, in one sentence.
    String message();

    /// What mends it: a statement where there is one.
    String remedy();

    record WalLevel(String current) implements ReplicationProblem {
        @Override
        public String message() {
            return "PostgreSQL runs with wal_level=%s, changes can be followed with logical only"
                    .formatted(current);
        }

        @Override
        public String remedy() {
            return "alter system set wal_level = logical; then restart PostgreSQL";
        }
    }

    record NoReplicationRight(String role) implements ReplicationProblem {
        @Override
        public String message() {
            return "The role that follows the log lacks REPLICATION: " + role;
        }

        @Override
        public String remedy() {
            return "alter role " + Sql.identifier(role) + " replication;";
        }
    }

    record NoFreeSlot(int slots) implements ReplicationProblem {
        @Override
        public String message() {
            return "All %d replication slots of the cluster are taken".formatted(slots);
        }

        @Override
        public String remedy() {
            return "select pg_drop_replication_slot('<one that nobody needs>'); or alter system set"
                    + " max_replication_slots = "
                    + (slots + 5)
                    + "; then restart PostgreSQL";
        }
    }

    /// The server has no room for a connection or a WAL sender.
    record NoFreeConnection(String answer) implements ReplicationProblem {
        @Override
        public String message() {
            return "PostgreSQL has no room for a replication connection: " + answer;
        }

        @Override
        public String remedy() {
            return "alter system set max_wal_senders = 20; then restart PostgreSQL";
        }
    }

    record NoPublication(String publication) implements ReplicationProblem {
        @Override
        public String message() {
            return "The publication does not exist: " + publication;
        }

        @Override
        public String remedy() {
            return "create publication %s with (publish_via_partition_root = true);"
                    .formatted(Sql.identifier(publication));
        }
    }

    /// Too much piled up in the slot, and it does not become less.
    record LagTooLarge() implements ReplicationProblem {
        @Override
        public String message() {
            return "Too much has piled up in the replication slot, it is given up";
        }

        @Override
        public String remedy() {
            return "A new one is made by itself; HEARTH_SLOT_MAX_LAG says how much is too much";
        }
    }

    /// The slot's name is that of another kind of slot, or of another database's.
    record SlotTaken(String slot, String plugin, String database) implements ReplicationProblem {
        @Override
        public String message() {
            return "The slot %s is not ours: plugin %s, database %s"
                    .formatted(slot, plugin, database);
        }

        @Override
        public String remedy() {
            return "HEARTH_SLOT_NAME=<another name>, or select pg_drop_replication_slot('%s');"
                    .formatted(slot);
        }
    }

    /// Another client reads from the slot.
    record SlotHeld(String slot, int pid, String address, String application)
            implements ReplicationProblem {
        @Override
        public String message() {
            return "The slot %s is held by process %d from %s (%s)"
                    .formatted(slot, pid, address, application);
        }

        @Override
        public String remedy() {
            return "select pg_terminate_backend(%d); if that client is not wanted".formatted(pid);
        }
    }

    record LoginRefused(String answer) implements ReplicationProblem {
        @Override
        public String message() {
            return "PostgreSQL refuses the login that follows the log: " + answer;
        }

        @Override
        public String remedy() {
            return "HEARTH_REPLICATION_URL=postgresql://<role>:<password>@<host>/<database>";
        }
    }

    /// Nobody answers, or the server is starting or stopping.
    record Unreachable(String answer) implements ReplicationProblem {
        @Override
        public String message() {
            return "PostgreSQL cannot be reached: " + answer;
        }

        @Override
        public String remedy() {
            return "It is tried again until it answers";
        }
    }

    /// Anything else that the server answers.
    record Refused(String sqlState, String answer) implements ReplicationProblem {
        @Override
        public String message() {
            return "PostgreSQL refuses the stream (%s): %s".formatted(sqlState, answer);
        }

        @Override
        public String remedy() {
            return "It is tried again; the server's log says more";
        }
    }
}
