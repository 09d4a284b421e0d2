package dev.hearth.realtime.changes.filter;

/// The order of dates and timestamps by their text in ISO style and UTC: `-infinity`, `0044-03-15
/// BC`, `2026-01-02 03:04:05.678+00`, `infinity`.
final class Moments {

    private Moments() {}

    /// Like a comparator.
    static int compare(String left, String right) {
        int years = Long.compare(year(left), year(right));
        return years == 0 ? rest(left).compareTo(rest(right)) : years;
    }

    /// 1 BC is the year 0 here, as the order needs no more.
    private static long year(String text) {
        if (text.endsWith("infinity")) {
            return text.startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        long year = Long.parseLong(text, 0, text.indexOf('-'), 10);
        return text.endsWith(" BC") ? 1 - year : year;
    }

    /// Behind the year, every part but the last has a fixed width, and the fraction is written
    /// without trailing zeros: texts compare as times do.
    private static String rest(String text) {
        if (text.endsWith("infinity")) {
            return "";
        }
        String rest = text.substring(text.indexOf('-'));
        if (rest.endsWith(" BC")) {
            rest = rest.substring(0, rest.length() - " BC".length());
        }
        return rest.endsWith("+00") ? rest.substring(0, rest.length() - "+00".length()) : rest;
    }
}
