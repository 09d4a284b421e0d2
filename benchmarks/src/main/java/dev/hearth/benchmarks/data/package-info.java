/// The data API under load, beside what people would put in its place: hand-written handlers on the
/// same web server, driver and database, and `pgbench` without any web server.
package dev.hearth.benchmarks.data;
