/// Files in buckets: `client.storage()`.
///
/// The entry is [dev.hearth.client.storage.StorageClient], which knows the buckets;
/// [dev.hearth.client.storage.StorageFileApi] is one bucket with its files. Mirrors storage-js
/// 2.119. Bodies of any size pass through with little memory; nothing here keeps a file. A refusal
/// is a [dev.hearth.client.error.StorageException].
@NullMarked
package dev.hearth.client.storage;

import org.jspecify.annotations.NullMarked;
