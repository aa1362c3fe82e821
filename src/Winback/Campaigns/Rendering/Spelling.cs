namespace Winback.Campaigns.Rendering;

/// <summary>Guesses what somebody meant to type.</summary>
internal static class Spelling
{
    /// <summary>"Did you mean x", or the whole list when nothing comes near.</summary>
    public static string Suggest(string word, IReadOnlyCollection<string> known)
    {
        var nearest = known.MinBy(candidate => Distance(word, candidate))!;
        return Distance(word, nearest) <= Math.Max(2, word.Length / 3)
            ? $"Did you mean {nearest}"
            : $"Choose from {string.Join(", ", known)}";
    }

    // Levenshtein: the least number of letters to insert, drop or change.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var changed = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
