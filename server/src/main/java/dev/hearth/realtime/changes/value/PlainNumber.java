package dev.hearth.realtime.changes.value;

import java.math.BigDecimal;

/// A number as `numeric` writes it: all digits, no exponent, the scale kept (`1.50`, `3e2` →
/// `300`).
final class PlainNumber {

    /// numeric's own bounds: 131,072 digits before the point, 16,383 behind.
    private static final int MOST_SCALE = 16_383;

    private static final int MOST_DIGITS = 131_072;

    private PlainNumber() {}

    /// The plain form; the text itself where it has no exponent or is beyond what numeric holds.
    static String of(String number) {
        if (number.indexOf('e') < 0 && number.indexOf('E') < 0) {
            return isNegativeZero(number) ? number.substring(1) : number;
        }
        BigDecimal value;
        try {
            value = new BigDecimal(number);
        } catch (NumberFormatException _) {
            return number;
        }
        if (value.scale() > MOST_SCALE || value.precision() - (long) value.scale() > MOST_DIGITS) {
            return number;
        }
        return value.scale() < 0
                ? value.setScale(0, java.math.RoundingMode.UNNECESSARY).toPlainString()
                : value.toPlainString();
    }

    private static boolean isNegativeZero(String number) {
        if (number.charAt(0) != '-') {
            return false;
        }
        for (int i = 1; i < number.length(); i++) {
            char c = number.charAt(i);
            if (c != '0' && c != '.') {
                return false;
            }
        }
        return true;
    }
}
