package io.alphakeep.decode;

import java.util.regex.Pattern;

/** The form in which the database's {@code alpha_numeric} (migration V001) reads a number; what else a cast takes is none. */
final class Numeric {

    private static final Pattern FORM =
            Pattern.compile("[+-]?([0-9]{1,40}\\.?[0-9]{0,40}|\\.[0-9]{1,40})([eE][+-]?[0-9]{1,2})?");

    private Numeric() {}

    static boolean reads(String text) {
        return FORM.matcher(text).matches();
    }
}
