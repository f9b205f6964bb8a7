package io.alphakeep.command;

import io.alphakeep.run.Outcome;
import io.alphakeep.run.Place;
import io.alphakeep.run.Problem;
import io.alphakeep.run.RunReport;
import java.util.Locale;

/** A run's report as a person enjoys reading it. */
final class ReportTable {

    private static final int PROBLEMS_SHOWN = 10;

    private ReportTable() {}

    static void print(RunReport report, Place place, Out out) {
        out.print("");
        out.print(headline(report));
        out.print("");
        if (!report.functions().isEmpty()) {
            Table table = new Table(
                    "function",
                    "#tickers",
                    "#requests",
                    "#inserted",
                    "#changed",
                    "#unchanged",
                    "#removed",
                    "#rejected");
            report.functions()
                    .forEach((name, line) -> table.row(
                            name,
                            line.tickers(),
                            line.requests(),
                            line.rows().inserted(),
                            line.rows().changed(),
                            line.rows().unchanged(),
                            line.rows().removed(),
                            line.rows().rejected()));
            table.row(
                    "total",
                    "",
                    report.requests().sent(),
                    report.rows().inserted(),
                    report.rows().changed(),
                    report.rows().unchanged(),
                    report.rows().removed(),
                    report.rows().rejected());
            out.print(table.text(out.ansi()));
            out.print("");
        }
        problems(report, out);
        out.print("  Allowance  " + allowance(report.allowance()));
        // After a run that failed before its first answer it would sound as if there were data of it.
        if (report.problems().isEmpty()
                || report.requests().ok() + report.requests().empty() > 0) {
            out.print("  Data       " + place.database());
            place.howToLook().lines().forEach(line -> out.print("             " + line));
        }
        if (report.simulated()) {
            out.print("");
            out.print(
                    "  This is a @|bold,yellow simulated market|@: made-up prices, the real wire format. For your own data set");
            out.print("    ALPHAKEEP_API_KEY=…  ALPHAKEEP_DATABASE_URL=jdbc:postgresql://host:5432/database");
            out.print(
                    "  then: alphakeep migrate, alphakeep watch add IBM --function TIME_SERIES_DAILY, alphakeep ingest");
        }
        out.print("");
    }

    private static String headline(RunReport report) {
        String colour =
                report.outcome() == Outcome.DONE ? "green" : report.outcome() == Outcome.FAILED ? "red" : "yellow";
        RunReport.Requests requests = report.requests();
        String asked = requests.planned() == 0
                ? requests.waiting() == 0 ? "nothing was due" : "nothing was asked"
                : String.format(
                        Locale.ROOT,
                        "asked %,d of %,d%s%s%s%s%s",
                        requests.planned() - requests.skipped(),
                        requests.planned(),
                        requests.sent() != requests.planned() - requests.skipped()
                                ? " in " + requests.sent() + " requests"
                                : "",
                        requests.empty() > 0 ? ", " + requests.empty() + " empty" : "",
                        requests.failed() > 0 ? ", " + requests.failed() + " failed" : "",
                        requests.skipped() > 0 ? ", " + requests.skipped() + " not asked" : "",
                        requests.left() > 0 ? ", " + requests.left() + " of them left to another run" : "");
        if (requests.waiting() > 0) {
            asked += ", " + requests.waiting() + " series failed lately and wait (alphakeep plan says until when)";
        }
        return "  Run " + report.run() + " @|bold," + colour + " "
                + report.outcome().word() + "|@ in " + Durations.text(report.took()) + ": " + asked;
    }

    private static void problems(RunReport report, Out out) {
        for (Problem problem : report.problems().stream().limit(PROBLEMS_SHOWN).toList()) {
            String who = problem.series().isEmpty() ? "" : problem.series() + ": ";
            // Texts of the API stand here: they are printed as they are, not as mark-up.
            out.result().println("  ! " + who + problem.message());
            if (!problem.next().isEmpty()) {
                out.result().println("    → " + problem.next());
            }
        }
        int more = report.problems().size() + report.moreProblems() - PROBLEMS_SHOWN;
        if (more > 0) {
            out.print("  … and " + more
                    + " more; all of them: ingest --json, or SELECT report FROM alpha_run WHERE run = " + report.run());
        }
        if (!report.problems().isEmpty()) {
            out.print("");
        }
    }

    private static String allowance(RunReport.Allowance allowance) {
        if (allowance.perDay() == 0 && allowance.perMinute() == 0 && allowance.perSecond() == 0) {
            return String.format(Locale.ROOT, "no limit; %,d used today", allowance.usedToday());
        }
        StringBuilder text = new StringBuilder();
        if (allowance.perDay() > 0) {
            text.append(String.format(
                    Locale.ROOT, "%,d of %,d left today", allowance.remainingToday(), allowance.perDay()));
            allowance.resetsAt().ifPresent(at -> text.append(", until ").append(at));
        } else {
            text.append(String.format(Locale.ROOT, "%,d used today, no limit a day", allowance.usedToday()));
        }
        if (allowance.perMinute() > 0) {
            text.append(", ").append(allowance.perMinute()).append(" a minute");
        }
        if (allowance.perSecond() > 0) {
            text.append(", ").append(allowance.perSecond()).append(" a second");
        }
        return text.toString();
    }
}
