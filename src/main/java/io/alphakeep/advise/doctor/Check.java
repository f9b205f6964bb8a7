package io.alphakeep.advise.doctor;

/**
 * What one look found.
 *
 * @param id       short and stable, as in {@code clock}
 * @param evidence what was seen, in words; never a key or a password
 * @param fix      what to run or to set; empty unless there is something to mend
 */
public record Check(String id, Level level, String evidence, String fix) {

    public static Check ok(String id, String evidence) {
        return new Check(id, Level.OK, evidence, "");
    }

    public static Check warn(String id, String evidence, String fix) {
        return new Check(id, Level.WARN, evidence, fix);
    }

    public static Check fail(String id, String evidence, String fix) {
        return new Check(id, Level.FAIL, evidence, fix);
    }

    public static Check skipped(String id, String why) {
        return new Check(id, Level.SKIP, "not looked at: " + why, "");
    }
}
