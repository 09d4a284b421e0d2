package dev.hearth.client.storage;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Names of buckets and files in addresses.
///
/// For every name that storage accepts the address is the one of storage-js. Where that one leaves
/// a name to the rules of addresses, so that `?` would begin a query, `#` would cut the rest off,
/// `%20` would mean a blank and `..` would leave the bucket, the name is taken literally here.
final class StoragePaths {

    private static final String AS_IT_IS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~!*'();,/:@&=+$";

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
        return encoded(bucket) + "/" + encoded(name);
    }

    /// A file's name as uploads send it: one slash at either end left out, and double ones inside.
    static String clean(String file) {
        String from = file.startsWith("/") ? file.substring(1) : file;
        String to = from.endsWith("/") ? from.substring(0, from.length() - 1) : from;
        return to.replaceAll("/+", "/");
    }

    /// A name with everything encoded that an address would read otherwise.
    static String encoded(String name) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            throw new IllegalArgumentException("the path holds half of a character (a surrogate)");
        }
        for (String segment : name.split("/", -1)) {
            if (segment.equals(".") || segment.equals("..")) {
                throw new IllegalArgumentException(
                        "the path \""
                                + name
                                + "\" has a segment \""
                                + segment
                                + "\", which storage refuses");
            }
        }
        var text = new StringBuilder(name.length() + 16);
        for (byte unit : name.getBytes(StandardCharsets.UTF_8)) {
            if (unit >= 0 && AS_IT_IS.indexOf(unit) >= 0) {
                text.append((char) unit);
            } else {
                text.append(String.format(Locale.ROOT, "%%%02X", unit & 0xFF));
            }
        }
        return text.toString();
    }
}
