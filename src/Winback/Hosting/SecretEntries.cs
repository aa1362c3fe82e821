namespace Winback.Hosting;

/// <summary>
/// A setting that lists secrets, in which one entry may hold several, newest first, separated by commas: so a secret of Key Vault holds them all, and
/// a rotation is one write.
/// </summary>
public static class SecretEntries
{
    /// <returns>Every secret, in order.</returns>
    public static IEnumerable<string> Values(IEnumerable<string> entries) => entries.SelectMany(Split);

    /// <param name="setting">The list's name as in the environment, <c>Secrets__LinkKeys</c>.</param>
    /// <param name="wrong">What is wrong with a secret and what to do, as in "is too short; use more"; null when nothing is.</param>
    public static IEnumerable<string> Problems(string setting, IList<string> entries, Func<string, string?> wrong) =>
        from entry in Enumerable.Range(0, entries.Count)
        let values = Split(entries[entry])
        from value in Enumerable.Range(0, values.Length)
        let problem = wrong(values[value])
        where problem is not null
        select $"{setting}__{entry}: {(values.Length > 1 ? $"value {value + 1} of {values.Length} " : "")}{problem}";

    private static string[] Split(string entry) => entry.Split(',', StringSplitOptions.TrimEntries);
}
