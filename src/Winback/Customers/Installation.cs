namespace Winback.Customers;

/// <summary>What must never differ between those who work on one storage account: the app, and the command line beside it.</summary>
/// <param name="MailboxKey">A fingerprint of <c>Secrets__MailboxKey</c>; null for somebody who was not given it, and so hashes no address.</param>
/// <param name="TimeZone">The IANA name in which its days are counted.</param>
public sealed record Installation(string? MailboxKey, string TimeZone)
{
    /// <summary>Why somebody set up like this must not work on what <paramref name="kept"/> says; empty when they agree. Pure.</summary>
    public IReadOnlyList<string> Problems(Installation kept)
    {
        var problems = new List<string>();
        if (MailboxKey is not null && kept.MailboxKey is not null && MailboxKey != kept.MailboxKey)
            problems.Add(
                "Secrets__MailboxKey: is not the key that this storage account was filled with. Opt-outs are found by it, so with another one people who opted out "
                + "would get mail again. Set the key that it had");
        if (!string.Equals(TimeZone, kept.TimeZone, StringComparison.OrdinalIgnoreCase))
            problems.Add(
                $"Business__TimeZone: is {TimeZone}, but the days in this storage account are counted in {kept.TimeZone}. Set Business__TimeZone to {kept.TimeZone}; "
                + "to move for good, remove the row of the table installation");
        return problems;
    }
}

/// <summary>The one row about the installation.</summary>
public interface IInstallationStore
{
    Task<Installation?> FindAsync(CancellationToken cancel);

    /// <returns>What is there now: the given one, or that of whoever came first.</returns>
    Task<Installation> KeepAsync(Installation installation, CancellationToken cancel);
}

/// <summary>
/// Guards a storage account against being worked on with another mailbox key or time zone than it was filled with, which would break
/// opt-outs without a word.
/// </summary>
public sealed class InstallationGuard(IInstallationStore store, Installation mine)
{
    /// <summary>Before reading.</summary>
    /// <exception cref="SettingsException">The settings are not those of this storage account.</exception>
    public async Task CheckAsync(CancellationToken cancel) => Require(await store.FindAsync(cancel) ?? mine);

    /// <summary>Before writing: whoever comes first with a mailbox key says how it is.</summary>
    /// <exception cref="SettingsException">The settings are not those of this storage account.</exception>
    public async Task ClaimAsync(CancellationToken cancel) =>
        Require(await store.FindAsync(cancel) ?? (mine.MailboxKey is null ? mine : await store.KeepAsync(mine, cancel)));

    private void Require(Installation kept)
    {
        if (mine.Problems(kept) is { Count: > 0 } problems) throw new SettingsException(problems);
    }
}
