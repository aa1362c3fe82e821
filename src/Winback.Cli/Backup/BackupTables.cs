namespace Winback.Cli.Backup;

/// <summary>Every table of the app, in the order in which a backup reads them.</summary>
internal static class BackupTables
{
    /// <summary>
    /// A backup of an app at work is no snapshot, so what must not be missing is read last: a claim in <c>customers</c> without its outreach is
    /// looked at anew, an outreach without its claim would be sent twice; an opt-out without its reply holds all the same. A code without its claim
    /// does no harm.
    /// </summary>
    public static readonly IReadOnlyList<string> InOrder =
    [
        "installation", "publications", "enrolments", "definitions", "purchases", "subscriptions", "parked", "outreach", "events", "calls", "replies",
        "failures", "scans", "referred", "referrals", "addresses", "customers", "codes",
    ];
}
