package dev.hearth.client.storage;

import dev.hearth.client.internal.http.UrlEncoding;

/// Names of buckets and files in addresses.
///
/// For every name that storage accepts the address is the one of storage-js. Where that one leaves
/// a name to the rules of addresses, so that `?` would begin a query, `#` would cut the rest off,
/// `%20` would mean a blank and `..` would leave the bucket, the name is taken literally here.
final class StoragePaths {

    private StoragePaths() {}

    /// A bucket's name, checked.
    static String bucket(String name) {
        if (name.isBlank() || name.equals(".") || name.equals("..") || name.contains("/")) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is no name of a bucket: it needs 1 to 100 characters, no /");
        }
        return name;
    }

    /// Bucket and file as a part of an address: slashes before the file's name are left out.
    static String address(String bucket, String file) {
        String name = file.replaceFirst("^/+", "");
        if (name.isEmpty()) {
            throw new IllegalArgumentException(
                    "the path of a file is empty; name one, such as \"folder/cat.png\"");
        }
        return UrlEncoding.segment(bucket) + "/" + UrlEncoding.path(name);
    }

    /// A file's name as uploads send it: one slash at either end left out, and double ones inside.
    static String clean(String file) {
        String from = file.startsWith("/") ? file.substring(1) : file;
        String to = from.endsWith("/") ? from.substring(0, from.length() - 1) : from;
        return to.replaceAll("/+", "/");
    }
}
