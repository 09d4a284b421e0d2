package dev.hearth.replication;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/// Opens connections to the followed database, as the role that may replicate. One contract for
/// both kinds, since the driver's properties are the only difference, and they are this room's
/// business.
@FunctionalInterface
public interface ReplicationConnections {

    /// Opens a connection of its own, not from a pool; the caller closes it.
    ///
    /// @param driverProperties pgjdbc's properties, laid over those that name the login
    Connection open(Map<String, String> driverProperties) throws SQLException;
}
