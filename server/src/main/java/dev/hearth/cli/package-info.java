/// The command line: `hearth start | status | migrate | keys`. It reads options, environment and
/// `.env`, prints for people, and answers with an exit code: 0 done, 1 refused, 2 not understood.
///
/// Entry: [dev.hearth.cli.CommandLineInterface]. What the commands set going is handed in as
/// [dev.hearth.cli.Tasks], so this room knows no server part by name.
@NullMarked
package dev.hearth.cli;

import org.jspecify.annotations.NullMarked;
