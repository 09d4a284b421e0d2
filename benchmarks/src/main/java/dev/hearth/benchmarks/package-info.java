/// Load scenarios and their yardsticks: each figure is a ratio to something measured in the same
/// run. Nothing here asserts speed; a reader judges the table.
package dev.hearth.benchmarks;
